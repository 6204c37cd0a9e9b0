/**
 * The quick way finds what the simple one does: piece by piece against `detect`, and whole files with the walk in
 * WebAssembly, without it, and wherever the input is cut.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../../../../test/seed.ts';
import { detect } from './detect.ts';
import { CsvReader } from './format/csv.ts';
import { glance, seen } from './glance.ts';
import { saysName } from './name.ts';
import { QuickDetector } from './quick.ts';
import { Scanner, type PlacedFinding } from './scanner.ts';
import { knownTypes } from './type.ts';
import { useWalk, walkOf } from './walk.ts';

const SHARED = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../../../../../shared', import.meta.url));
const BUILT = fileURLToPath(new URL('../../../dist/producers/scan/walk.wasm', import.meta.url));
const walk = existsSync(BUILT) ? walkOf(readFileSync(BUILT)) : null;
if (!walk) console.log('skipped: the walk in WebAssembly is not built');

const ON_DEMAND = ['DATE_TIME', 'URL', 'LOCATION', 'UUID', 'HIGH_ENTROPY'];
const MOST = new Set(knownTypes().filter((type) => !ON_DEMAND.includes(type)));
const PLACES = new Set([...MOST, 'LOCATION']);
const ALL = new Set(knownTypes());

/** Pieces of a text as a scan cuts them, each looked at both ways. */
function bothWays(text: string, types: ReadonlySet<string>, label: string) {
  const quick = new QuickDetector(types);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let from = 0; from < bytes.length;) {
    glance(bytes, from, bytes.length, bytes.length <= 96, saysName(label));
    const { facts, runs, end } = seen;
    const piece = decoder.decode(bytes.subarray(from, end));
    const simple = detect(piece, { types, label });
    const fast = quick.isClear(facts, runs) ? [] : quick.detect(piece, facts, runs, label);
    expect(fast, JSON.stringify(piece)).toEqual(simple);
    from = end;
  }
}

const digits = (least: number, most = least) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const capitals = (least: number, most = least) =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMNPRSTXYZ'), minLength: least, maxLength: most });
const name = fc.constantFrom(
  'James',
  'Olga',
  'Fatima Khan',
  'Wei Tanaka',
  'Dr. Smith',
  "O'Brien",
  'Jean-Luc',
  'Müller',
  'The Fabric',
  'Andersson',
  'van der Berg',
  'German',
  'May',
  'Lake Placid',
  'J. Doe',
  'NASA',
  'Gizmo',
  'Ольга',
  'Élodie',
  'St. James',
  'Battery',
);
const cue = fc.constantFrom(
  'call me on ',
  'my SSN is ',
  'born on ',
  'passport ',
  'plate ',
  'account ',
  'routing ',
  'MRN ',
  'patient id: ',
  'iban ',
  'order ',
  'serial ',
  'ISBN ',
  'tracking ',
  'tel. ',
  'at ',
  'zip code: ',
  'PLZ ',
  'apt. #',
  'P.O. Box ',
  'signed, ',
  'dear ',
  'thanks to ',
  'username ',
  'the corner of ',
  'steuernummer ',
  'nhs ',
  'driver licence ',
  'dni ',
  'hrb ',
  'vat ',
  'gst ',
  'password=',
  'token: ',
  '"api_key": "',
  'aws_secret=',
  'curl -u ',
  '--token ',
  'https://',
  'sk_live_',
  'AKIA',
  'ghp_',
  'eyJ',
);
const value = fc.oneof(
  digits(1, 20),
  fc.tuple(digits(3), digits(2), digits(4)).map((parts) => parts.join('-')),
  fc.tuple(digits(3), digits(3), digits(4)).map((parts) => parts.join('-')),
  fc.tuple(digits(4), digits(4), digits(4), digits(4)).map((parts) => parts.join(' ')),
  fc.tuple(digits(1, 2), digits(1, 2), digits(2, 4)).map((parts) => parts.join('/')),
  fc.tuple(digits(1, 3), digits(1, 3), digits(1, 3), digits(1, 3)).map((parts) => parts.join('.')),
  fc.tuple(capitals(1, 5), digits(1, 9), capitals(0, 3)).map((parts) => parts.join('')),
  fc.tuple(capitals(1, 3), digits(1, 6)).map((parts) => parts.join(' ')),
  fc
    .tuple(digits(1, 2), fc.constantFrom(' May ', 'th of december ', '. Mai '), digits(4))
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'May 5, 1990',
    '+44 20 7946 0018',
    '+4915112345678',
    '(212) 555-0132',
    '0044 20 7946 0018',
    '212 555 0132',
  ),
  fc.constantFrom('4111 1111 1111 1111', '4111111111111111', 'DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'),
  fc.constantFrom(
    'jane@example.org',
    'jane@example.org.',
    'x@y',
    '203.0.113.7',
    '2001:db8::1',
    '00:1b:44:11:3a:b7',
    'aabb.ccdd.eeff',
  ),
  fc.constantFrom(
    '12 Main Street',
    '12, Rue de Lyon',
    'Koenigstrasse 51',
    'Oak Avenue',
    '5th and Main',
    'SW1A 1AA',
    'sw1a 1aa',
    '90210',
  ),
  fc.constantFrom(
    'hunter2-Zx81',
    'x9Kq2mZp4Lw8Rt7Vb3',
    'C0FFEEc0ffeec0ffee12',
    'abcdefghijklmnopqrstuvwxyzabcdefghij',
    '"k", "v9"',
  ),
);
const filler = fc.constantFrom(
  '. ',
  ', ',
  ' ',
  '\n',
  ': ',
  ' - ',
  '! ',
  '? ',
  '" ',
  "'",
  '’s ',
  "n't ",
  ' the battery lasts. ',
  ' i love it. ',
  ' in 2023. ',
  ' works exactly as described, no complaints so far. ',
  " I'd give it 3.5 out of 5. ",
  ' said ',
  ' lives in ',
  ' (',
  ') ',
  '; ',
  'é',
  '€ ',
  '😀',
  '\u00a0',
  '\t',
  '\0',
  '“',
  '”',
  '/',
  '_',
  '=',
  '>',
  '|',
  '||',
  '--',
  'expected-unfortunately ',
  'café. ',
);
const text = fc
  .array(fc.oneof(filler, cue, value, name, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 16 })
  .map((parts) => parts.join(''));
const label = fc.constantFrom('', 'text', 'name', 'customer_phone', 'zip', 'ssn', 'order_id', 'birth_date', 'plate');

describe('piece by piece', () => {
  test.each([
    ['most types', MOST],
    ['places too', PLACES],
    ['all', ALL],
  ])('of any mixture: %s', (_, types) => {
    fc.assert(
      fc.property(text, label, (given, field) => bothWays(given, types, field)),
      { numRuns: 1_500 },
    );
  });

  test.skipIf(!existsSync(`${SHARED}/data/pii`))('of labelled texts and secrets', () => {
    const lines = (file: string) => readFileSync(`${SHARED}/data/${file}`, 'utf8').trim().split('\n');
    for (const file of ['pii/research_by_template.dev.jsonl', 'pii/presidio_unit.dev.jsonl', 'secrets/dev.jsonl']) {
      for (const [i, line] of lines(file).entries()) {
        const one = JSON.parse(line) as { text?: string; text_b64?: string };
        // A third of the secrets is enough for each run.
        if (one.text_b64 !== undefined && i % 3 !== 0) continue;
        bothWays(one.text ?? Buffer.from(one.text_b64!, 'base64').toString(), MOST, '');
      }
    }
  });
});

describe('whole files', () => {
  const cell = fc.oneof(
    text,
    digits(1, 12),
    fc.constantFrom('', '2024-05-01T10:00:00Z', 'R000000001', 'DE123', '1990-02-03'),
  );
  const quoted = (one: string) => (/[",\n\r]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one);
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 });
  const scan = (input: Uint8Array, cuts: readonly number[], types: ReadonlySet<string>) => {
    const found: PlacedFinding[] = [];
    const scanner = new Scanner((one) => void found.push(one), { types });
    const reader = new CsvReader(scanner, { delimiter: 44 });
    let from = 0;
    for (const cut of [...cuts.map((n) => n % (input.length + 1)).sort((a, b) => a - b), input.length]) {
      if (cut > from) reader.push(input.slice(from, cut));
      from = Math.max(from, cut);
    }
    reader.end();
    return { found, rows: scanner.rows, fields: scanner.fields, troubles: scanner.troubles };
  };
  const cuts = fc.array(fc.nat(6_000), { maxLength: 6 });
  const input = fc
    .tuple(
      rows,
      label,
      label,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('', '"never closed', '"closed" late,x\n1,2,3'),
    )
    .map(([all, first, second, ending, tail]) =>
      new TextEncoder().encode(
        [`id,${first},${second}`, ...all.map((row) => row.map(quoted).join(',')), tail].join(ending),
      ),
    );

  test.skipIf(!walk)('with the walk in WebAssembly and without it, wherever it is cut', () => {
    fc.assert(
      fc.property(input, cuts, fc.constantFrom(MOST, PLACES, ALL), (bytes, at, types) => {
        useWalk(null);
        const simple = scan(bytes, [], types);
        expect(scan(bytes, at, types)).toEqual(simple);
        useWalk(walk);
        expect(scan(bytes, [], types)).toEqual(simple);
        expect(scan(bytes, at, types)).toEqual(simple);
        useWalk(null);
      }),
      { numRuns: 600 },
    );
  });
});
