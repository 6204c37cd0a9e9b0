/** Facts of files that belong together: dbt projects, all SQL files of a repository as one catalog, configurations of Terraform. */
import { dialectNamed } from '../sql/dialect.ts';
import { dbtIn, type DbtFacts } from './dbt/index.ts';
import { linesOf } from './dbt/prepared.ts';
import { labelPatterns, type LabelPattern } from './label-flow.ts';
import type { Facts } from './facts.ts';
import { sqlIn, sqlStatementFacts, type SqlFacts } from './sql/index.ts';
import { isTerraform, terraformIn } from './terraform/index.ts';

const SQL = /\.(?:sql|ddl|dml|hql|psql|pgsql|tsql|plsql|pls|bteq|snowsql)$/i;
/** Of a seed only its head is needed, and of other large files nothing. */
const HEAD_MAX = 20_000;
/** Characters of all files that are kept. */
const TEXT_MAX = 64_000_000;

/** Texts of the files that belong to a project, within a bound; what is beyond it is named. */
export class ProjectFiles {
  readonly texts = new Map<string, string>();
  readonly left: { readonly path: string; readonly reason: string }[] = [];
  #characters = 0;

  /** `kept`: what `partOfProject` keeps of it. */
  add(path: string, kept: string): void {
    if (this.#characters + kept.length > TEXT_MAX) {
      this.left.push({
        path,
        reason: `not read as a part of its project: the files before it have ${TEXT_MAX / 1e6} MB`,
      });
      return;
    }
    this.#characters += kept.length;
    this.texts.set(path, kept);
  }
}

/** What of a file its project needs; null where it is a part of none. */
export function partOfProject(path: string, text: string): string | null {
  if (SQL.test(path) || isTerraform(path)) return text;
  if (/\.ya?ml$/i.test(path))
    return text.length > 1_000_000 && !/(?:models|sources|seeds|snapshots|exposures):/.test(text) ? null : text;
  // A copy, so that the whole text is not kept alive by its head.
  if (/\.csv$/i.test(path)) return Buffer.from(text.slice(0, HEAD_MAX)).toString();
  return /\.py$/i.test(path) && /def\s+model\s*\(\s*dbt\b/.test(text) ? text : null;
}

export interface ProjectOptions {
  /** `settings` of the repository: `labels`, `sql_dialect`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Labels that a server accepted, with the full names of their tables. */
  readonly labels: readonly LabelPattern[];
}

/** Never throws for what the files hold. */
export async function projectFacts(files: ReadonlyMap<string, string>, options: ProjectOptions): Promise<Facts[]> {
  const terraform = new Map([...files].filter(([path]) => isTerraform(path)));
  return [...lineageFacts(files, options), ...(terraform.size > 0 ? await terraformIn(terraform) : [])];
}

/** Of these, what has columns: dbt projects and SQL files. */
export function lineageFacts(
  files: ReadonlyMap<string, string>,
  { settings, labels }: ProjectOptions,
): (DbtFacts | SqlFacts)[] {
  const patterns = [...labelPatterns(settings['labels']), ...labels];
  const said = typeof settings['sql_dialect'] === 'string' ? settings['sql_dialect'] : null;
  const folders = [...files.keys()]
    .filter((path) => /(?:^|\/)dbt_project\.yml$/.test(path))
    .map((path) => path.slice(0, path.lastIndexOf('/') + 1))
    // The innermost folder that holds a file has it.
    .sort((a, b) => b.length - a.length);
  const groups = new Map<string, Map<string, string>>(folders.map((folder) => [folder, new Map<string, string>()]));
  const sql = new Map<string, string>();
  for (const [path, text] of files) {
    const folder = folders.find((one) => path.startsWith(one));
    if (folder !== undefined) groups.get(folder)!.set(path, text);
    else if (SQL.test(path)) sql.set(path, text);
  }
  const facts: (DbtFacts | SqlFacts)[] = [];
  for (const [folder, own] of groups) {
    const read = dbtIn(folder, own, { patterns, dialect: said });
    facts.push(read.facts, ...sqlStatementFacts(read.sql, read.facts.dialect));
  }
  if (sql.size > 0) facts.push(...sqlIn(sql, dialectNamed(said ?? 'ansi') ?? 'ansi', patterns, linesOf));
  return facts;
}
