import type { ModelInput } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';

/** `11 inputs, none signed`: only a signature over what was read counts. */
export function inputsSentence(inputs: readonly Pick<ModelInput, 'signature'>[]): string {
  if (inputs.length === 0) return '';
  const signed = inputs.filter(({ signature }) => signature !== null).length;
  const all = count(inputs.length, 'input');
  if (signed === 0) return `${all}, none signed`;
  return signed === inputs.length ? `${all}, all signed` : `${all}, ${figure(signed)} signed`;
}
