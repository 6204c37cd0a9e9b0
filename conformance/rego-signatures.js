// Writes builtins/signatures.ts from what OPA itself says of its built-ins: `node conformance/rego-signatures.js`.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BUILTINS } from '../packages/custody/dist/gate/rego/builtins/registry.js';
import { findOpa } from './opa.js';

const LETTERS = { null: 'z', boolean: 'b', number: 'n', string: 's', array: 'a', object: 'o', set: 't' };

const alternatives = (type) => (type.type === 'any' && type.of !== undefined ? type.of : [type]);
/** Kinds as letters; elements of one sort in parentheses. */
const written = (type) =>
  alternatives(type)
    .map((one) => {
      const letter = LETTERS[one.type];
      if (letter === undefined) return '*';
      const element = letter === 'a' ? one.dynamic : letter === 't' ? one.of : undefined;
      const isKnown = element !== undefined && one.static === undefined && Object.keys(element).length > 0;
      const inner = isKnown ? alternatives(element).map((item) => LETTERS[item.type] ?? '*') : ['*'];
      return inner.includes('*') ? letter : `${letter}(${[...new Set(inner)].join('')})`;
    })
    .join('');

const { stdout } = spawnSync(findOpa(), ['capabilities', '--current'], { encoding: 'utf8', maxBuffer: 1 << 24 });
const lines = [];
for (const { name, decl } of JSON.parse(stdout).builtins) {
  if (!BUILTINS.has(name) || decl.variadic !== undefined) continue;
  lines.push(
    `${name} ${[...(decl.args ?? []).map(written), decl.result === undefined ? '*' : written(decl.result)].join(' ')}`,
  );
}
const target = fileURLToPath(new URL('../packages/custody/src/gate/rego/builtins/signatures.ts', import.meta.url));
writeFileSync(
  target,
  `/**
 * What built-in functions take and, last, what they give, as \`opa capabilities\` of OPA 1.22.2 says (written by
 * conformance/rego-signatures.js). z null, b boolean, n number, s string, a array, o object, t set, * anything; elements
 * in parentheses.
 */
export const SIGNATURES = \`
${lines.sort().join('\n')}
\`;
`,
);
console.log(`${lines.length} of ${BUILTINS.size}`);
