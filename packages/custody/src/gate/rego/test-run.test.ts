import { expect, test } from 'vitest';
import { runTests } from './index.ts';

const POLICY = `package access

default allow := false

allow if {
	input.role == "owner"
}

allow if {
	input.role == "reader"
	input.action == "read"
}

never if {
	false
	input.x
}
`;
const TESTS = `package access_test

import data.access

test_owner if access.allow with input as {"role": "owner"}

test_reader_may_not_write if {
	not access.allow with input as {"role": "reader", "action": "write"}
}

test_wrong if {
	print("asked", input)
	access.allow with input as {"role": "guest"}
}

test_broken if {
	{"a": x | x := [1, 2][_]}.a == 1
}

todo_test_later if false
`;

test('tests pass, fail with the statement where they stopped, break, or wait', () => {
  const report = runTests({ 'access.rego': POLICY, 'access_test.rego': TESTS }, {});
  expect(report.tests.map(({ name, outcome }) => [name.split('.')[2], outcome])).toEqual([
    ['test_owner', 'passed'],
    ['test_reader_may_not_write', 'passed'],
    ['test_wrong', 'failed'],
    ['test_broken', 'error'],
    ['todo_test_later', 'skipped'],
  ]);
  const [, , wrong, broken] = report.tests;
  expect(wrong?.printed).toEqual(['asked <undefined>']);
  expect(wrong?.stopped?.line).toBe(10);
  expect(broken?.message).toMatch(/eval_conflict_error: object keys must be unique/);
  expect(report.passed).toBe(false);
});

test('coverage names the lines that nothing reached, tests aside', () => {
  const report = runTests({ 'access.rego': POLICY, 'access_test.rego': TESTS }, {});
  expect(Object.keys(report.coverage)).toEqual(['access.rego']);
  // \`allow\` for readers gives no value, and \`never\` is asked by nobody.
  expect(report.coverage['access.rego']).toEqual({ covered: [5, 6, 10, 11], missed: [9, 14, 15, 16] });
  expect(report.covered).toBe(50);
});

test('only what is asked for runs', () => {
  const report = runTests({ 'a.rego': POLICY, 'a_test.rego': TESTS }, {}, {}, (name) => name.includes('owner'));
  expect(report.tests).toHaveLength(1);
  expect(report.passed).toBe(true);
});
