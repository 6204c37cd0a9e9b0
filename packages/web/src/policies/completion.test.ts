import { describe, expect, it } from 'vitest';
import { matches, newLine, offsetOf, placeOf, wordAt, type Name } from './completion.ts';

const names: readonly Name[] = [
  { name: 'allow', kind: 'rule' },
  { name: 'allowed_for', kind: 'function' },
  { name: 'data.gate.read.allow', kind: 'rule' },
  { name: 'all', kind: 'builtin' },
  { name: 'startswith', kind: 'builtin' },
  { name: 'time.now_ns', kind: 'builtin' },
];
const found = (word: string) => matches(names, word).map(({ name }) => name);

describe('the word before the caret', () => {
  const word = (text: string) => wordAt(text.replace('|', ''), text.indexOf('|'))?.text;
  it.each([
    ['not al|', 'al'],
    ['x := data.gate.re|', 'data.gate.re'],
    ['x == |', ''],
    ['al|low', undefined],
    ['x == "al|', undefined],
    ['x == "a" and al|', 'al'],
    ['# al|', undefined],
    ['p if {\n\tal|', 'al'],
  ])('%j is %j', (text, wanted) => expect(word(text)).toBe(wanted));
});

describe('names to complete', () => {
  it('are the nearest first: rules of the file, then built-ins, then full paths', () =>
    expect(found('al')).toEqual(['allow', 'allowed_for', 'all', 'data.gate.read.allow']));
  it('are found by their last part', () => expect(found('now')).toEqual(['time.now_ns']));
  it('are not what stands there already', () => expect(found('startswith')).toEqual([]));
});

describe('places', () => {
  it('go there and back', () => {
    const text = 'package a\n\np if {\n\tx\n}\n';
    for (let at = 0; at <= text.length; at++) {
      const { line, column } = placeOf(text, at);
      expect(offsetOf(text, line, column)).toBe(at);
    }
  });
  it('beyond the text are its end', () => expect(offsetOf('a\nb', 9, 9)).toBe(3));
});

it('a new line is as deep as the one before, and deeper after a bracket', () => {
  expect(newLine('\tx := 1', 7)).toBe('\n\t');
  expect(newLine('p if {', 6)).toBe('\n\t');
});
