import { describe, expect, it } from 'vitest';
import type { EvidenceEvent } from '../../../custody/src/event/event.ts';
import { factsOf, parseEntry } from './entry-facts.ts';

const base = { v: 1, id: 'k', recorded: '2026-11-01T00:00:00.000Z', by: 'airflow' } as const;
const words = (event: EvidenceEvent) =>
  factsOf(event).map((fact) => `${fact.label}: ${fact.form === 'asset' ? `${fact.kind} ${fact.name}` : fact.value}`);

describe('the facts of an entry', () => {
  it('of a run say what it read and wrote', () => {
    const run: EvidenceEvent = {
      ...base,
      kind: 'openlineage.run',
      eventTime: base.recorded,
      state: 'FAIL',
      run: 'r-1',
      job: { namespace: 'n', name: 'load' },
      inputs: [
        { namespace: 'n', name: 'a' },
        { namespace: 'n', name: 'b' },
        { namespace: 'n', name: 'raw', derived: 'sql' },
        { namespace: 'n', name: 'ref', derived: 'columns' },
      ],
      outputs: [{ namespace: 'n', name: 'c' }],
      producer: 'https://p',
      redacted: 2,
    };
    expect(words(run)).toEqual([
      'State: failed',
      'Job: job load',
      'Run: r-1',
      'Reads: dataset a',
      ': dataset b',
      'By its SQL: dataset raw',
      'By its columns: dataset ref',
      'Writes: dataset c',
      'Producer: https://p',
      'Taken out: 2 literals and secrets, before the log',
    ]);
  });
  it('of column lineage say which columns come from which', () => {
    const columns: EvidenceEvent = {
      ...base,
      kind: 'lineage.columns',
      columns: 'sha256:abc',
      part: 0,
      of: 1,
      inputs: [
        { namespace: 'n', name: 'a' },
        { namespace: 'n', name: 'b' },
      ],
      fields: [{ name: 'total', from: [{ input: 1, field: 'net', how: ['DIRECT/AGGREGATION'] }] }],
      dataset: [{ input: 0, field: 'id', how: ['INDIRECT/JOIN'] }],
    };
    expect(words(columns)).toEqual([
      'Column lineage: sha256:abc',
      'Reads: dataset a',
      ': dataset b',
      'Columns: total < b.net',
      'Rows decided by: a.id',
    ]);
  });
  it('of a schema name its columns and its part', () => {
    const schema: EvidenceEvent = {
      ...base,
      kind: 'dataset.schema',
      schema: 'sha256:00',
      part: 1,
      of: 3,
      fields: [{ name: 'id', type: 'INTEGER' }, { name: 'x' }],
    };
    expect(words(schema)).toEqual(['Schema: sha256:00', 'Part: 2 of 3', 'Columns: id INTEGER\nx']);
  });
  it('of a recovery say what it means', () => {
    const recovered: EvidenceEvent = { ...base, kind: 'log.recovered', cutBytes: 212, file: 'f', offset: 9 };
    expect(words(recovered).at(-1)).toContain('Nothing under the signed checkpoint was touched.');
  });
});

describe('an entry that is not known here', () => {
  it.each(['', 'null', '[]', '{"v":1}', '{'])('%o is shown as its text only', (text) => {
    expect(parseEntry(text)).toBeNull();
  });
});
