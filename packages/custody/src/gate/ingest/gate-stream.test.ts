/** The gate as a web stream. */
import { expect, test } from 'vitest';
import { GateKeys, GateRefusedError, gateStream, readRules, type GateOptions } from './index.ts';
import { NOW, subjectKeysInMemory } from './gate.suite.ts';

const options = (rules: string): GateOptions => ({
  rules: readRules(rules),
  input: { kind: 'csv', delimiter: 44 },
  output: 'csv',
  keys: new GateKeys(Buffer.alloc(32)),
  subjects: subjectKeysInMemory(),
  now: () => NOW,
  dataset: 'd',
  source: 's',
  rulesDigest: '',
  detector: 'test',
});

async function through(
  { stream }: { readonly stream: TransformStream<Uint8Array, Uint8Array> },
  text: string,
): Promise<string> {
  const bytes = Buffer.from(text);
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.subarray(at, at + 7));
      controller.close();
    },
  });
  let out = '';
  for await (const chunk of source.pipeThrough(stream) as unknown as AsyncIterable<Uint8Array>)
    out += Buffer.from(chunk).toString();
  return out;
}

const CSV = 'id,text\n1,write to jane@example.org\n2,fine\n';

test('what passes comes out, and the report says what was done', async () => {
  const gate = gateStream(options('version: 1\ndefault: mask\n'));
  expect(await through(gate, CSV)).toBe('id,text\n1,write to <EMAIL_ADDRESS>\n2,fine\n');
  expect(await gate.report).toMatchObject({ verdict: 'accepted', changed: 1 });
});

test('what may not get in ends the stream with an error', async () => {
  const refused = gateStream(options('version: 1\ndefault: fail\n'));
  await expect(through(refused, CSV)).rejects.toThrow(GateRefusedError);
  expect(await refused.report).toMatchObject({ verdict: 'rejected' });
  const broken = gateStream(options('version: 1\n'));
  await expect(through(broken, 'a,b\n1\n')).rejects.toThrow(/row 1, byte 5/);
  await expect(broken.report).rejects.toThrow(/row 1, byte 5/);
});

test('rows to be set aside need a place, or refuse all', async () => {
  const rules = 'version: 1\ndefault: quarantine\n';
  await expect(through(gateStream(options(rules)), CSV)).rejects.toThrow(GateRefusedError);
  const aside: number[] = [];
  expect(await through(gateStream(options(rules), { quarantine: ({ row }) => void aside.push(row) }), CSV)).toBe(
    'id,text\n2,fine\n',
  );
  expect(aside).toEqual([1]);
});
