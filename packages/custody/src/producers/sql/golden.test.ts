/**
 * Golden pairs: `testdata/sql/<dialect>/*.sql` and beside each a `.lineage` that says, statement by statement, what a
 * reader of the SQL would say. `UPDATE_GOLDEN=1` writes them again; what changed is then read, not believed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lineage, type StatementLineage } from './lineage.ts';

const root = fileURLToPath(new URL('../../../../../testdata/sql/', import.meta.url));
const update = process.env['UPDATE_GOLDEN'] === '1';

const files = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: dialect }) =>
    readdirSync(root + dialect)
      .filter((name) => name.endsWith('.sql'))
      .map((name) => ({ dialect, path: `${root}${dialect}/${name.slice(0, -4)}`, name })),
  );

/** `-- schema: t(a, b)` at the head of a file. */
function schemaOf(sql: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [, table, columns] of sql.matchAll(/^-- schema: ([\w.]+)\((.*)\)$/gm))
    found[table!] = columns!.split(', ');
  return found;
}

function render(sql: string, dialect: string): string {
  const { statements, diagnostics } = lineage(sql, { dialect, schema: schemaOf(sql) });
  const lines = statements.flatMap((statement) => [...described(statement, ''), '']);
  for (const { severity, line, message } of diagnostics) lines.push(`${severity}: line ${line}: ${message}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function described(statement: StatementLineage, indent: string): string[] {
  const { kind, span, inputs, outputs, columns, influences, drops, renames, body } = statement;
  const lines = [`${indent}line ${span.start.line}: ${kind}`];
  const tables = (list: StatementLineage['inputs']): string =>
    list.map(({ name, temporary }) => (temporary ? `${name} (temporary)` : name)).join(', ');
  if (inputs.length > 0) lines.push(`${indent}  reads ${tables(inputs)}`);
  if (drops.length > 0) lines.push(`${indent}  drops ${tables(drops)}`);
  else if (outputs.length > 0)
    lines.push(`${indent}  ${statement.movesData ? 'writes' : 'changes'} ${tables(outputs)}`);
  for (const { from, to } of renames) lines.push(`${indent}  renames ${from.name} to ${to.name}`);
  if (body.length > 0) {
    for (const inner of body) lines.push(...described(inner, `${indent}    `));
    return lines;
  }
  for (const { from, to, kind: how, via, masked, certainty, fields } of columns) {
    const notes = [
      how,
      ...(via ? [`by ${via}`] : []),
      ...(masked ? ['masked'] : []),
      ...(certainty === 'certain' ? [] : [certainty]),
    ];
    const target = to.table === null ? to.column : `${to.table}.${to.column}`;
    lines.push(
      `${indent}  ${target} <- ${from.table}.${from.column}${fields === '' ? '' : `.${fields}`} (${notes.join(', ')})`,
    );
  }
  const roles = [...new Set(influences.map(({ role }) => role))];
  for (const role of roles) {
    const named = influences.filter((one) => one.role === role).map(({ from }) => `${from.table}.${from.column}`);
    lines.push(`${indent}  ${role.replace('_', ' ')}: ${[...new Set(named)].join(', ')}`);
  }
  return lines;
}

test('there are golden statements in at least 8 dialects', () => {
  const statements = files.map(
    ({ path, dialect }) => lineage(readFileSync(`${path}.sql`, 'utf8'), { dialect }).statements.length,
  );
  expect(new Set(files.map(({ dialect }) => dialect)).size).toBeGreaterThanOrEqual(8);
  expect(statements.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(60);
});

test.each(files)('$dialect/$name', ({ dialect, path }) => {
  const rendered = render(readFileSync(`${path}.sql`, 'utf8'), dialect);
  if (update) writeFileSync(`${path}.lineage`, rendered);
  expect(rendered).toBe(readFileSync(`${path}.lineage`, 'utf8'));
});
