import { expect, it } from 'vitest';
import { inputsSentence } from './input-words.ts';

const signature = { entry: 1, recorded: '', statement: '', signers: [] };

it('says how many inputs there are and how many are signed', () => {
  const [signed, unsigned] = [{ signature }, { signature: null }];
  expect(inputsSentence([])).toBe('');
  expect(inputsSentence([unsigned])).toBe('1 input, none signed');
  expect(inputsSentence([signed, unsigned, unsigned])).toBe('3 inputs, 1 signed');
  expect(inputsSentence([signed, signed])).toBe('2 inputs, all signed');
});
