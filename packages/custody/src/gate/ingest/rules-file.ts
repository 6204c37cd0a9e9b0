/** Reads `custody.gate.yaml`. A mistake is told with its line and the field it is in. */
import { isCollection, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { compileRegex, RegexSyntaxError } from '../rego/regex.ts';
import { GateRulesError } from './gate-error.ts';
import { GateRules, listOf } from './rules.ts';

const CHARACTERS_MAX = 4_000_000;
/** Anchors can make a short text stand for a huge one. */
const ALIASES_MAX = 100;

type Path = readonly (string | number)[];

/** Throws GateRulesError. */
export function readRules(text: string): GateRules {
  if (text.length > CHARACTERS_MAX)
    throw new GateRulesError(`rules have at most ${CHARACTERS_MAX / 1e6} MB`, '', null, null, 'Split the file.');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new GateRulesError(`this is not YAML: ${firstLine(error.message)}`, '', line, col);
  }
  const placed = (path: Path, message: string): GateRulesError => {
    const at = offsetOf(document, path);
    const place = at === null ? null : lines.linePos(at);
    return new GateRulesError(message, fieldName(path), place?.line ?? null, place?.col ?? null);
  };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES_MAX });
  } catch (thrown) {
    throw new GateRulesError(`this YAML stands for too much: ${firstLine((thrown as Error).message)}`);
  }
  const read = GateRules.safeParse(value ?? {});
  if (!read.success) {
    const issue = innermost(read.error.issues[0]!);
    throw placed(issue.path, issue.message);
  }
  checkMeaning(read.data, placed);
  return read.data;
}

/** What a schema cannot say. */
function checkMeaning(rules: GateRules, wrong: (path: Path, message: string) => GateRulesError): void {
  rules.rules.forEach((rule, i) => {
    const isAimed = rule.types ?? rule.family ?? rule.columns ?? rule.labels;
    if (isAimed === undefined)
      throw wrong(['rules', i], 'a rule names types, a family, columns or labels; `default` is for everything else');
    const ofFindings = rule.types !== undefined || rule.family !== undefined;
    if (rule.action === 'drop' && rule.of === 'column' && ofFindings)
      throw wrong(['rules', i, 'of'], 'a column is dropped by its name or label, not by what is found in it');
    if (rule.action === 'drop' && rule.of === 'row' && !ofFindings)
      throw wrong(['rules', i, 'of'], 'without types this would drop every row');
    if (rule.action === 'tokenise' && rule.method === 'reversible' && rule.subject === undefined)
      throw wrong(['rules', i], 'reversible tokens need `subject`, the column that says whose value it is');
    if (rule.action === 'tokenise' && rule.method !== 'reversible' && rule.subject !== undefined)
      throw wrong(['rules', i, 'subject'], 'only reversible tokens have a subject');
    if (rule.min_confidence !== undefined && !ofFindings)
      throw wrong(['rules', i, 'min_confidence'], 'only findings have a confidence: name types or a family');
  });
  rules.checks.columns.forEach((check, i) => {
    const at = (field: string): Path => ['checks', 'columns', i, field];
    for (const field of ['pattern', 'not_pattern'] as const) {
      const pattern = check[field];
      if (pattern === undefined) continue;
      try {
        compileRegex(pattern);
      } catch (error) {
        if (!(error instanceof RegexSyntaxError)) throw error;
        throw wrong(at(field), error.message);
      }
    }
    for (const bound of ['min', 'max'] as const) {
      const value = check[bound];
      const isTime = check.type === 'date' || check.type === 'timestamp';
      if (typeof value === 'string' && (!isTime || Number.isNaN(Date.parse(value))))
        throw wrong(at(bound), 'a number, or a time for a column of type date or timestamp');
    }
    if (check.newest_within !== undefined && check.type !== 'date' && check.type !== 'timestamp')
      throw wrong(at('newest_within'), 'freshness is of a column of type date or timestamp');
  });
  const { rows } = rules.checks;
  if (rows && rows.min !== undefined && rows.max !== undefined && rows.min > rows.max)
    throw wrong(['checks', 'rows', 'max'], 'max is less than min');
  for (const [column, labels] of Object.entries(rules.labels))
    if (listOf(labels).length === 0) throw wrong(['labels', column], 'name a label');
}

interface Issue {
  readonly path: Path;
  readonly message: string;
}

/** Of a union that nothing fits, what is wrong with the branch that fits best: the one that got furthest. */
function innermost(issue: z.core.$ZodIssue, before: Path = []): Issue {
  const path = [...before, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys')
    return { path: [...path, issue.keys[0]!], message: `there is no field ${JSON.stringify(issue.keys[0])} here` };
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = issue.errors.map((errors) => innermost(errors[0]!, path));
    return inner.reduce((best, one) => (one.path.length > best.path.length ? one : best));
  }
  return { path, message: firstLine(issue.message).replace(/^Invalid /, 'invalid ') };
}

/** Where a field stands: its key if it has one, else what holds it. */
function offsetOf(document: Document, path: Path): number | null {
  let node: unknown = document.contents;
  let offset: number | null = rangeStart(node);
  for (const step of path) {
    if (!isCollection(node)) return offset;
    const item: unknown =
      typeof step === 'number' ? node.items[step] : node.items.find((one) => isPair(one) && keyOf(one.key) === step);
    if (item === undefined) return offset;
    offset = rangeStart(isPair(item) ? item.key : item) ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset;
}

const keyOf = (key: unknown): unknown => (isScalar(key) ? String(key.value) : key);
const rangeStart = (node: unknown): number | null =>
  (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? null;
const firstLine = (text: string): string => text.split('\n')[0]!;
const fieldName = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
