/** Negated expressions over what is not there, with the answers of OPA 1.22.2 (\`opa eval\`). */
import { expect, test } from 'vitest';
import { compile } from './index.ts';

const answer = (body: string, imports = ''): unknown =>
  compile({ modules: { 'a.rego': `package a\n${imports}\np if {\n\t${body}\n}\n\nf(_) := true\n` } }).evaluate(
    'data.a.p',
    { there: 1 },
  );

test.each([
  ['not input.gone == 1', true],
  ['not input.gone', true],
  ['not input.gone != 1', undefined],
  ['not "x" in input.gone', undefined],
  ['not startswith(input.gone, "a")', undefined],
  ['not f(input.gone)', undefined],
  ['not count(input.gone) == 0', undefined],
  ['not input.there == 2', true],
  ['not input.there > 2', true],
  ['not input.there in {2, 3}', true],
  ['not data.x[input.gone]', undefined],
])('%s', (body, wanted) => {
  expect(answer(body)).toBe(wanted);
});

test('under its import, what is negated is a body of its own', () => {
  expect(answer('not f(input.gone)', 'import future.keywords.not\n')).toBe(true);
});
