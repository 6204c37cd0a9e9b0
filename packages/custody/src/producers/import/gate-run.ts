/** An ingest through a gate as OpenLineage: a run of a job that reads the source and writes the dataset. */
import { hash } from 'node:crypto';
import type { AssetName, LifecycleChange } from '../../event/event.ts';
import type { ColumnFacet } from './column-facet.ts';
import { runEvent, type ImportEvent } from './told.ts';

export interface GateRun {
  readonly id: string;
  readonly dataset: AssetName;
  readonly source: AssetName;
  readonly report: {
    readonly columns: readonly string[];
    readonly dropped: readonly string[];
    readonly hidden: readonly string[];
    readonly rows: { readonly read: number; readonly written: number };
    readonly findings: readonly { readonly column: string; readonly action: string }[];
    readonly checks: readonly { readonly check: string; readonly column: string | null; readonly passed: boolean }[];
  };
  readonly detector: string;
}

const COLUMNS_MAX = 2_000;
const HIDING = new Set(['mask', 'tokenise', 'drop']);

/** `replaced`: something of that name was there before. */
export function ingestEvents(
  run: GateRun,
  state: 'START' | 'COMPLETE' | 'FAIL',
  time: string,
  replaced: boolean,
): ImportEvent {
  const { report, source, dataset } = run;
  const columns = report.columns.slice(0, COLUMNS_MAX);
  const fields = columns.map((name) => ({ name }));
  const kept = columns.filter((name) => !report.dropped.includes(name));
  const isWhole = state === 'COMPLETE';
  const change: LifecycleChange = replaced ? 'OVERWRITE' : 'CREATE';
  return runEvent(
    time,
    state,
    { id: run.id, tool: { name: 'custody', version: run.detector } },
    {
      namespace: 'custody',
      name: `ingest/${dataset.name.split('/').at(-1)}-${hash('sha256', JSON.stringify([dataset.namespace, dataset.name]), 'hex').slice(0, 8)}`,
      integration: 'CUSTODY',
      jobType: 'GATE',
    },
    [
      {
        ...source,
        type: 'FILE',
        fields,
        assertions: report.checks.slice(0, 200).map(({ check, column, passed }) => ({
          assertion: check,
          success: passed,
          ...(column !== null && { column }),
        })),
      },
    ],
    state === 'FAIL'
      ? []
      : [
          {
            ...dataset,
            type: 'FILE',
            ...(isWhole && {
              fields: kept.map((name) => ({ name })),
              rows: report.rows.written,
              change,
              columns: copied(kept, run),
            }),
          },
        ],
  );
}

/** Every column comes from the column of its name; where values were hidden the way is a masking one. */
function copied(columns: readonly string[], { source, report }: GateRun): ColumnFacet {
  const hidden = new Set(report.findings.filter(({ action }) => HIDING.has(action)).map(({ column }) => column));
  const whole = new Set(report.hidden);
  return {
    fields: Object.fromEntries(
      columns.map((field) => [
        field,
        {
          inputFields: [
            {
              ...source,
              field,
              transformations: [
                {
                  type: 'DIRECT' as const,
                  subtype: whole.has(field) || hidden.has(field) ? 'TRANSFORMATION' : 'IDENTITY',
                  // A text in which some values were masked still says much: only whole values count as masked.
                  masking: whole.has(field),
                },
              ],
            },
          ],
        },
      ]),
    ),
  };
}
