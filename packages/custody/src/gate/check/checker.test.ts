/** Rules are compiled when facts of their kind come, and find the same as if all had been compiled. */
import { expect, test } from 'vitest';
import { Checker } from './checker.ts';

const rule = (kind: string, name: string, body: string, imports = ''): string => `# METADATA
# title: A rule of a test
# description: It is tried.
# custom: { id: T-${kind}-${name}, severity: low, fix: Mend it. }
package custody.check.${kind}.${name}

${imports}
${body}
`;
const facts = (kind: string) => ({ kind, path: 'a', name: 'x' });
const ids = (checker: Checker, kind: string) => checker.check(facts(kind)).map((one) => one.rule.id);
const always = 'findings contains {"line": 1, "message": input.name}';

test('a mistake in a rule is told when its kind comes, or at once where that is asked for', () => {
  const modules = { 'a.rego': rule('a', 'one', always), 'b.rego': rule('b', 'two', 'findings contains nothing') };
  const checker = new Checker(modules);
  expect(ids(checker, 'a')).toEqual(['T-a-one']);
  expect(() => ids(checker, 'b')).toThrow(/b\.rego|nothing/);
  expect(() => new Checker(modules).compileNow(['b.rego'])).toThrow(/b\.rego|nothing/);
  expect(() => new Checker(modules).compileNow(['a.rego'])).not.toThrow();
  const broken = { ...modules, 'c.rego': 'package words\n\nx := nothing\n' };
  expect(() => new Checker(broken).compileNow(['c.rego'])).toThrow(/c\.rego|nothing/);
});

test('rules that read what other packages say get it, whether by import or by name', () => {
  const library = 'package custody.words\n\nbad := {"x"}\n';
  const byName = 'findings contains {"line": 1, "message": "bad"} if input.name in data.custody.words.bad';
  const byImport = 'findings contains {"line": 1, "message": "bad"} if input.name in words.bad';
  const ofAnother = 'findings contains {"line": 1, "message": "bad"} if count(data.custody.check.a.one.findings) > 0';
  for (const body of [byName, byImport, ofAnother]) {
    const modules = {
      'words.rego': library,
      'a.rego': rule('a', 'one', always),
      'b.rego': rule('b', 'two', body, body === byImport ? 'import data.custody.words' : ''),
    };
    const whole = new Checker(modules);
    whole.compileNow(Object.keys(modules));
    expect(ids(whole, 'b')).toEqual(['T-b-two']);
    expect(ids(new Checker(modules), 'b')).toEqual(['T-b-two']);
  }
});
