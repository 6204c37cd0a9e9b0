import { expect, test } from 'vitest';
import { formatLike, formatOf, outputLines, SAMPLE_MAX, sampleOf } from './sample.ts';

test('a file has the format of its ending, a pasted text that of its beginning', () => {
  expect(['a.csv', 'b.TSV', 'c.ndjson', 'd.json', 'e.txt', 'f'].map(formatOf)).toEqual([
    'csv',
    'tsv',
    'jsonl',
    'json',
    'csv',
    'csv',
  ]);
  expect(['a,b\n1,2', 'a\tb\n', ' {"a":1}\n', '[{"a":1}]', ''].map(formatLike)).toEqual([
    'csv',
    'tsv',
    'jsonl',
    'json',
    'csv',
  ]);
});

test('of a large file only the beginning is read, and no half character', async () => {
  const whole = await sampleOf(new File(['a,b\n'], 'x.csv'));
  expect(whole).toEqual({ text: 'a,b\n', format: 'csv', file: 'x.csv', isCut: false });
  const cut = await sampleOf(new File([`x${'\u00e9'.repeat(SAMPLE_MAX)}`], 'y.jsonl'));
  expect(cut.isCut).toBe(true);
  expect(cut.text).toMatch(/\u00e9$/);
  expect(cut.text.length).toBe(SAMPLE_MAX / 2);
});

test('lines that the sample has not are marked as changed', () => {
  const { lines, more } = outputLines('a,b\r\n1,<X>\r\n2,y\r\n3,z\r\n', 'a,b\n1,jane\n2,y\n3,z\n', 3);
  expect(lines).toEqual([
    { number: 1, text: 'a,b', isChanged: false },
    { number: 2, text: '1,<X>', isChanged: true },
    { number: 3, text: '2,y', isChanged: false },
  ]);
  expect(more).toBe(1);
});
