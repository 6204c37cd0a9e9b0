import { describe, expect, it } from 'vitest';
import type { CheckFinding, CheckRun } from '../api/answers.ts';
import {
  fateOf,
  fateSentence,
  grouped,
  groupOf,
  lineUrl,
  reachWords,
  severityWords,
  trendSentence,
} from './check-words.ts';

const reader = { zone: 'UTC', now: Date.parse('2026-11-28T12:00:00Z') };
const none = { critical: 0, high: 0, medium: 0, low: 0 };
const run = (recorded: string, refusing: Partial<CheckRun['refusing']>): CheckRun => ({
  entry: 1,
  recorded,
  by: 'ci',
  repository: 'bank/credit',
  branch: 'main',
  commit: null,
  verdict: 'refused',
  files: 3,
  refusing: { ...none, ...refusing },
  waived: 0,
  others: 0,
  rules: '',
});
const shown = (fate: CheckFinding['fate'], isMended = false) => ({
  key: '0',
  isMended,
  finding: {
    rule: 'SEC-001',
    severity: 'high' as const,
    title: 'A key',
    file: 'a.py',
    line: 3,
    column: 1,
    message: 'a key',
    fix: 'Take it out.',
    fate,
  },
});
const waiver = { reason: 'a test account', owner: 'mara', until: '2026-12-31' };

describe('the fate of a finding', () => {
  it.each([
    [shown({ kind: 'open' }), 'refusing', 'open'],
    [shown({ kind: 'expired', ...waiver }), 'refusing', 'waiver ended 2026-12-31'],
    [shown({ kind: 'waived', ...waiver }), 'waived', 'waived until 2026-12-31'],
    [shown({ kind: 'old' }), 'others', 'in the baseline'],
    [shown({ kind: 'minor' }), 'others', 'too minor to refuse'],
    [shown({ kind: 'open' }, true), 'mended', 'mended'],
  ] as const)('%# is in its group, by a word', (each, group, word) => {
    expect(groupOf(each)).toBe(group);
    expect(fateOf(each).word).toBe(word);
  });
  it('names who waived it, until when and why', () => {
    expect(fateSentence(shown({ kind: 'waived', ...waiver }))).toBe('mara waived it until 2026-12-31: a test account');
  });
});

describe('runs', () => {
  it('say what refuses, and how that went', () => {
    expect(severityWords(run('2026-11-27T06:00:00Z', { high: 2, low: 1 }))).toBe('2 high, 1 low');
    expect(severityWords(run('2026-11-27T06:00:00Z', {}))).toBe('none');
    const runs = [run('2026-11-27T06:00:00Z', { high: 2, low: 1 }), run('2026-11-28T06:00:00Z', {})];
    expect(trendSentence(runs, reader)).toBe('Findings that refuse went from 3 to 0 over 2 runs, 27 Nov to 28 Nov.');
    expect(trendSentence(runs.slice(0, 1), reader)).toBe('One run, 27 Nov: 3 findings that refuse.');
  });
  it('come in groups, in their order', () => {
    expect([...grouped(['b1', 'a1', 'b2'], (each) => each[0]!)]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});

describe('the line of a finding', () => {
  const at = (repository: string, commit: string | null = 'ab12', file = 'dags/a b.py') =>
    lineUrl({ repository, commit }, { file, line: 7 });
  it('opens where the repository is an address that shows lines', () => {
    expect(at('github.com/bank/credit')).toBe('https://github.com/bank/credit/blob/ab12/dags/a%20b.py#L7');
    expect(at('gitlab.bank.example/ml/credit')).toBe(
      'https://gitlab.bank.example/ml/credit/-/blob/ab12/dags/a%20b.py#L7',
    );
  });
  it('is no link where that is not known', () => {
    for (const name of ['bank/credit', 'unnamed', 'javascript:alert(1)', 'git.bank.example/ml/credit', 'github.com'])
      expect(at(name)).toBeNull();
    expect(at('github.com/bank/credit', null)).toBeNull();
  });
});

describe('what a change reaches', () => {
  it('says models first, one of a kind as one, and by what it is known', () => {
    const reach = { file: 'a.sql', asset: 'a', id: null, names: [], labels: null };
    expect(reachWords({ ...reach, known: true, reached: { jobs: 4, datasets: 2, models: 1 } })).toBe(
      '1 model, 2 datasets, 4 jobs',
    );
    expect(reachWords({ ...reach, known: null, reached: {} })).toBe('nothing, by the repository alone');
    expect(reachWords({ ...reach, known: false, reached: { 'training-sets': 1 } })).toBe(
      '1 training-set, by the repository: the server does not know it',
    );
  });
});
