import { describe, expect, test } from 'vitest';
import type { Batch, IngestItem } from '../api/answers.ts';
import {
  auditCommand,
  brokenFirst,
  heldFirst,
  mayNotPublish,
  mayNotRelease,
  mayNotTry,
  reasonLine,
  releasedName,
  repeatCommand,
  rowReason,
  rowsSentence,
  setAside,
  verdictShown,
} from './gate-words.ts';

const item = (over: Partial<IngestItem>): IngestItem => ({
  id: 'd6677132-65ce-4c2a-a016-ac0fe659a056',
  entry: 624,
  decided: '2026-11-28T06:30:48.292Z',
  by: 'nightly',
  dataset: { namespace: 'file', name: 'landing/reviews.csv' },
  source: { namespace: 'file', name: "/in/jane's reviews.csv" },
  verdict: 'accepted',
  isWhole: false,
  rows: { read: 10, written: 10, quarantined: 0, dropped: 0 },
  changed: 0,
  rules: 'sha256:1',
  audit: 'sha256:2',
  output: null,
  brokenChecks: 0,
  shifted: [],
  batch: null,
  found: [],
  broken: [],
  warnings: 0,
  ...over,
});
const finding = (type: string, action: string, count: number) => ({ type, action, count });
const broken = (check: string, column: string | null, action = 'quarantine') => ({ check, column, action });

describe('why it came out so, in one line', () => {
  test('nothing found is said', () => expect(reasonLine(item({}))).toBe('nothing found'));

  test('what stopped rows comes before what was masked, and many kinds are counted', () => {
    const found = [
      finding('PHONE_NUMBER', 'mask', 67),
      finding('CREDIT_CARD', 'quarantine', 53),
      finding('PERSON', 'tokenise', 46),
      finding('URL', 'mask', 2),
      finding('IP_ADDRESS', 'mask', 1),
    ];
    expect(reasonLine(item({ verdict: 'quarantined', found }))).toBe(
      '53 CREDIT_CARD set aside, 67 PHONE_NUMBER masked, 46 PERSON tokenised and 2 more kinds',
    );
  });

  test('of a refused input only what refused it is named', () => {
    const found = [
      finding('EMAIL_ADDRESS', 'mask', 8),
      finding('API_KEY', 'quarantine', 2),
      finding('US_SSN', 'fail', 1),
    ];
    expect(reasonLine(item({ verdict: 'rejected', found }))).toBe('1 US_SSN refused');
    expect(
      reasonLine(
        item({
          verdict: 'rejected',
          found: found.slice(0, 1),
          brokenChecks: 1,
          broken: [broken('rows', null, 'fail')],
        }),
      ),
    ).toBe('1 check broken: rows');
  });

  test('checks, shifted columns and warnings each have their part', () => {
    expect(
      reasonLine(
        item({
          verdict: 'quarantined',
          isWhole: true,
          brokenChecks: 3,
          warnings: 1,
          broken: [broken('drift', null), broken('in', 'loans', 'warn'), broken('min', 'score')],
          shifted: ['a', 'b', 'c', 'd'],
          found: [finding('EMAIL_ADDRESS', 'mask', 8)],
        }),
      ),
    ).toBe('2 checks broken: drift, score min; shifted: a, b, c and 1 more column; 1 warning: loans in');
  });

  test('more checks than the list holds are counted all the same', () => {
    const list = Array.from({ length: 20 }, (_, n) => broken('min', `c${n}`));
    expect(reasonLine(item({ brokenChecks: 31, warnings: 2, broken: list }))).toBe(
      '29 checks broken: c0 min, c1 min, c2 min and 26 more checks; 2 warnings',
    );
  });
});

test('rows in quarantine are those that a batch holds', () => {
  const rows = { read: 40, written: 0, quarantined: 16, dropped: 0 };
  expect(setAside({ rows, batch: null, isWhole: false })).toBe(0);
  expect(setAside({ rows, batch: 'b', isWhole: false })).toBe(16);
  expect(setAside({ rows, batch: 'b', isWhole: true })).toBe(40);
});

test('each verdict has a shape and a word of its own', () => {
  const all = [
    verdictShown(item({})),
    verdictShown(item({ verdict: 'quarantined' })),
    verdictShown(item({ verdict: 'rejected' })),
  ];
  expect(new Set(all.map(({ icon }) => icon)).size).toBe(3);
  expect(all.map(({ word }) => word)).toEqual(['accepted', 'rows set aside', 'refused']);
  expect(verdictShown(item({ verdict: 'quarantined', isWhole: true })).word).toBe('all set aside');
});

test('what became of the rows is a sentence', () => {
  const rows = { read: 2_000, written: 1_946, quarantined: 53, dropped: 1 };
  expect(rowsSentence(item({ rows, changed: 1 }))).toBe(
    '2,000 rows read, 1,946 written, 53 set aside, 1 dropped, 1 value replaced.',
  );
  expect(rowsSentence(item({ rows, verdict: 'rejected' }))).toBe('2,000 rows read, nothing written.');
  expect(rowsSentence(item({ rows, verdict: 'quarantined', isWhole: true }))).toBe(
    '2,000 rows read, all of them set aside: nothing written.',
  );
});

test('a reason of a row names check or rule, type and column', () => {
  expect(rowReason({ rule: 'cards', column: 'text', type: 'CREDIT_CARD' })).toBe('cards: CREDIT_CARD in text');
  expect(rowReason({ rule: 'check: min', column: 'stars', type: null })).toBe('check min on stars');
  expect(rowReason({ rule: 'malformed: a NUL byte', column: null, type: null })).toBe('malformed: a NUL byte');
});

test('held batches come first, then the newest', () => {
  const batch = (id: string, state: Batch['state'], since: string) => ({ id, state, since }) as Batch;
  const sorted = heldFirst([
    batch('old', 'held', '2026-11-01T00:00:00Z'),
    batch('gone', 'destroyed', '2026-11-09T00:00:00Z'),
    batch('new', 'held', '2026-11-05T00:00:00Z'),
    batch('out', 'released', '2026-11-10T00:00:00Z'),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(['new', 'old', 'out', 'gone']);
});

test('broken checks come first, those that refuse before those that only say so', () => {
  const check = (name: string, passed: boolean, action: 'fail' | 'quarantine' | 'warn') => ({
    check: name,
    column: null,
    passed,
    action,
    failed: null,
    of: null,
    found: '',
  });
  const sorted = brokenFirst([
    check('a', true, 'fail'),
    check('b', false, 'warn'),
    check('c', true, 'warn'),
    check('d', false, 'fail'),
    check('e', false, 'quarantine'),
  ]);
  expect(sorted.map((one) => one.check).join('')).toBe('debac');
});

test('commands are runnable as they stand', () => {
  expect(auditCommand(item({})).text).toBe('custody audit verify *-d6677132.audit.jsonl');
  expect(auditCommand(item({ source: { namespace: 'http', name: 'x' } })).text).toBe(
    'custody audit verify audit-d6677132.jsonl',
  );
  expect(repeatCommand(item({}))?.text).toBe(
    "custody ingest '/in/jane'\\''s reviews.csv' --rules custody.gate.yaml --dry-run",
  );
  expect(repeatCommand(item({ source: { namespace: 'http', name: 'x' } }))).toBe(null);
});

test('released rows have a name that says what and how', () => {
  const batch = item({});
  expect(releasedName(batch, 'raw', 'i')).toBe('reviews-d6677132-raw.csv');
  expect(releasedName({ ...batch, dataset: { namespace: 'http', name: '../..' } }, 'masked', '{')).toBe(
    'batch-d6677132-masked.jsonl',
  );
});

test('who may not is told who may', () => {
  expect(mayNotRelease('officer')).toBe(null);
  expect(mayNotRelease(null)).toBe(null);
  expect(mayNotRelease('engineer')).toMatch(/engineer.*Officers and admins release/);
  expect(mayNotPublish('auditor')).toMatch(/reads rules/);
  expect(mayNotTry('engineer')).toBe(null);
  expect(mayNotTry('auditor')).toMatch(/try them/);
});
