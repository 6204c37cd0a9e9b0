/** What the checks of a gate compare with: values of other files, and the baseline. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readBaseline, type Baseline } from '../gate/ingest/baseline/baseline.ts';
import type { References } from '../gate/ingest/check/row-checks.ts';
import { GateRulesError } from '../gate/ingest/gate-error.ts';
import type { GateRules } from '../gate/ingest/rules.ts';
import { fieldText } from '../gate/ingest/record/encoding.ts';
import { CsvRecords } from '../gate/ingest/record/csv-records.ts';
import type { RecordView } from '../gate/ingest/record/record.ts';
import { openGateInput } from './gate-input.ts';

const VALUES_MAX = 5_000_000;

/** Paths are relative to the folder of the rules. Throws GateRulesError, SourceError, GateInputError. */
export async function readReferences(rules: GateRules, rulesPath: string): Promise<References> {
  const references = new Map<string, Set<string>>();
  for (const [i, { references: wanted }] of rules.checks.columns.entries()) {
    if (!wanted) continue;
    const key = `${wanted.file}\n${wanted.column}`;
    if (!references.has(key))
      references.set(
        key,
        await valuesOf(resolve(dirname(rulesPath), wanted.file), wanted.column, `checks.columns[${i}].references`),
      );
  }
  return references;
}

async function valuesOf(path: string, column: string, field: string): Promise<Set<string>> {
  const input = await openGateInput(path, 'csv');
  if (input.format.kind !== 'csv') throw new GateRulesError('references are CSV files', field);
  const dialect = input.format;
  const values = new Set<string>();
  let index = -1;
  const records = new CsvRecords(
    {
      column: (name, i) => {
        if (name === column) index = i;
      },
      header: () => {},
      record: (view: RecordView) => {
        if (index >= 0 && index < view.count) values.add(fieldText(view, dialect, index));
        if (values.size > VALUES_MAX)
          throw new GateRulesError(`the file referred to has more than ${VALUES_MAX} values`, field);
      },
    },
    dialect.delimiter,
  );
  for await (const chunk of input.bytes) records.push(chunk);
  records.end();
  if (index < 0)
    throw new GateRulesError(`there is no column ${JSON.stringify(column)} in the file referred to`, field);
  return values;
}

/** Null where the rules have no drift check. Throws GateRulesError. */
export async function baselineOf(rules: GateRules, rulesPath: string): Promise<Baseline | null> {
  const { drift } = rules.checks;
  if (!drift) return null;
  const path = resolve(dirname(rulesPath), drift.baseline);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new GateRulesError(
      `cannot read the baseline: ${error.message}`,
      'checks.drift.baseline',
      null,
      null,
      '`custody gate baseline FILE --out FILE` writes one.',
    );
  });
  return readBaseline(text);
}
