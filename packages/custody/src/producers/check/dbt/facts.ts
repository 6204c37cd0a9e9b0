/** What the rules of `policies/check/dbt` read. Lines are from 1. */
import type { PackageFact, PlainSecret } from './configuration.ts';
import type { TestFact } from './properties.ts';
import type { Dialect } from '../../sql/index.ts';
import type { LabelFact } from '../label-flow.ts';

export interface DbtColumn {
  readonly name: string;
  /** Of the properties, or 1 where there are none. */
  readonly line: number;
  readonly described: boolean;
  readonly tests: readonly string[];
  /** What is said of the column itself. */
  readonly declared: readonly string[];
  /** What reaches it, and what is said of it. */
  readonly labels: readonly LabelFact[];
}

export interface DbtUnknown {
  readonly line: number;
  readonly what: string;
}

export interface DbtModel {
  readonly kind: 'model' | 'seed' | 'snapshot';
  readonly name: string;
  /** As far as the project says it: `database.schema.name`. */
  readonly relation: string;
  readonly path: string;
  readonly line: number;
  /** Where its properties stand; null where nothing is said of it. */
  readonly properties: { readonly path: string; readonly line: number } | null;
  readonly materialized: string;
  readonly access: string;
  readonly owner: string | null;
  readonly contract: boolean;
  readonly retention: string | null;
  readonly tags: readonly string[];
  readonly described: boolean;
  /** Of the whole model. */
  readonly tests: readonly TestFact[];
  /** `primary_key`, `unique`, ... of the whole or of a column. */
  readonly constraints: readonly string[];
  readonly unique_key: readonly string[];
  readonly columns: readonly DbtColumn[];
  /** Models and sources that it names: `stg_orders`, `raw.orders`. */
  readonly upstream: readonly string[];
  /** Tables that its SQL names without `ref` or `source`. */
  readonly unreferenced: readonly string[];
  /** References to what the project does not have. */
  readonly missing: readonly string[];
  readonly exposures: readonly string[];
  /** It lies in a folder of what others read: marts, reporting, ... */
  readonly mart: boolean;
  /** `*` over a table with labels, by which a column that is added to it would come out of the model. */
  readonly stars: readonly { readonly line: number; readonly of: string; readonly labels: readonly string[] }[];
  readonly unknowns: readonly DbtUnknown[];
  readonly unread: string | null;
}

export interface DbtSource {
  /** `source.table`. */
  readonly name: string;
  readonly relation: string;
  readonly path: string;
  readonly line: number;
  readonly described: boolean;
  readonly owner: string | null;
  readonly retention: string | null;
  readonly freshness: boolean;
  readonly tests: readonly TestFact[];
  readonly columns: readonly DbtColumn[];
}

export interface DbtExposure {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly line: number;
  readonly owner: string | null;
  readonly upstream: readonly string[];
}

export interface DbtFacts {
  readonly kind: 'dbt';
  /** `dbt_project.yml`. */
  readonly path: string;
  readonly project: string;
  readonly dialect: Dialect;
  readonly models: readonly DbtModel[];
  readonly sources: readonly DbtSource[];
  readonly exposures: readonly DbtExposure[];
  readonly packages: readonly (PackageFact & { readonly path: string })[];
  readonly plain_secrets: readonly (PlainSecret & { readonly path: string })[];
  /** Files and parts that were not read, with the reason. */
  readonly unread: readonly { readonly path: string; readonly line: number; readonly what: string }[];
}
