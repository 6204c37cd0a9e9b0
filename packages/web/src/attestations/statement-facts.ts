/** What a statement says, in rows that can be read: foreign words, so all of it is bounded. */
import type { AttestationDetail } from '../api/answers.ts';
import { bytes, count, figure, shortDigest } from '../text/wording.ts';
import { isObject, said } from './signer-words.ts';

export interface StatementFact {
  readonly label: string;
  readonly lines: readonly string[];
}

const LINES = 40;
const LENGTH = 300;
const DEPTH = 4;
const FACTS = 60;

type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inside, name) => (isObject(inside) ? inside[name] : undefined), value);
const cut = (text: string): string => (text.length <= LENGTH ? text : `${text.slice(0, LENGTH)}…`);

function fact(label: string, lines: readonly unknown[]): readonly StatementFact[] {
  const all = lines.filter((line) => line !== undefined && line !== null && line !== '').map((line) => cut(said(line)));
  if (all.length === 0) return [];
  const more = all.length - LINES;
  return [{ label, lines: more > 0 ? [...all.slice(0, LINES), `and ${figure(more)} more`] : all }];
}

export function statementFacts({
  kind,
  predicateType,
  statementContent,
}: Pick<AttestationDetail, 'kind' | 'predicateType' | 'statementContent'>): readonly StatementFact[] {
  const predicate = statementContent?.['predicate'];
  if (!isObject(predicate)) return [];
  if (kind === 'model') return ofModel(predicate);
  if (kind === 'test-result') return ofTests(predicate);
  if (kind === 'slsa') return ofProvenance(predicate);
  if (/\/dataset-manifest\/v\d+$/.test(predicateType)) return ofManifest(predicate);
  return flat(predicate);
}

/** A number as `words` writes it; what is none is said as it stands. */
const amount = (value: unknown, words: (value: number) => string): string =>
  typeof value === 'number' && Number.isFinite(value) ? words(value) : said(value);

const digested = (item: unknown): string => {
  const digest = at(item, 'digest');
  const first = isObject(digest) ? Object.entries(digest)[0] : undefined;
  const name = at(item, 'name') ?? at(item, 'uri') ?? '';
  const hex = typeof digest === 'string' ? shortDigest(digest) : '';
  return `${said(name)} ${first ? `${first[0]}:${shortDigest(said(first[1]))}` : hex}`.trim();
};

function ofModel(predicate: Json): readonly StatementFact[] {
  const files = list(predicate['resources']);
  const sizes = list(at(predicate, 'custody', 'entries')).map((entry) => Number(at(entry, 'size')));
  const known = sizes.length > 0 && sizes.every(Number.isFinite);
  return [
    ...fact('Holds', [
      `${count(files.length, 'file')}${known ? `, ${bytes(sizes.reduce((sum, size) => sum + size, 0))}` : ''}`,
    ]),
    ...fact('Files', files.map(digested)),
    ...fact('Hashed by', [at(predicate, 'serialization', 'hash_type')]),
    ...fact('Not looked at', list(at(predicate, 'serialization', 'ignore_paths'))),
    ...fact(
      'Also bound',
      isObject(predicate['custody']) ? ['modes, links, empty folders, and that nothing else is there'] : [],
    ),
  ];
}

function ofTests(predicate: Json): readonly StatementFact[] {
  return [
    ...fact('Result', [predicate['result']]),
    ...fact('Passed', list(predicate['passedTests'])),
    ...fact('Warned', list(predicate['warnedTests'])),
    ...fact('Failed', list(predicate['failedTests'])),
    ...fact('Run with', list(predicate['configuration']).map(digested)),
    ...fact('More at', [predicate['url']]),
  ];
}

function ofProvenance(predicate: Json): readonly StatementFact[] {
  return [
    ...fact('Built by', [at(predicate, 'runDetails', 'builder', 'id')]),
    ...fact('How', [at(predicate, 'buildDefinition', 'buildType')]),
    ...flat(at(predicate, 'buildDefinition', 'externalParameters')),
    ...fact('From', list(at(predicate, 'buildDefinition', 'resolvedDependencies')).map(digested)),
    ...fact('Started', [at(predicate, 'runDetails', 'metadata', 'startedOn')]),
    ...fact('Finished', [at(predicate, 'runDetails', 'metadata', 'finishedOn')]),
  ];
}

function ofManifest(predicate: Json): readonly StatementFact[] {
  const people = predicate['subjects'];
  return [
    ...fact('Holds', [`${amount(predicate['rows'], figure)} rows, ${said(predicate['format'])}`]),
    ...fact(
      'Columns',
      list(predicate['columns']).map((column) => `${said(at(column, 'name'))} ${said(at(column, 'type'))}`),
    ),
    ...fact('People', [isObject(people) ? `${said(people['count'])} (${said(people['kind'])})` : 'nobody is named']),
    ...fact(
      'Files',
      list(predicate['files']).map((file) => `${said(at(file, 'name'))}, ${amount(at(file, 'bytes'), bytes)}`),
    ),
  ];
}

/** Any predicate: each value under the way to it. */
function flat(value: unknown): readonly StatementFact[] {
  const facts: StatementFact[] = [];
  const walk = (inside: unknown, way: readonly string[]) => {
    if (facts.length >= FACTS) return;
    if (isObject(inside) && way.length < DEPTH) {
      for (const [name, each] of Object.entries(inside)) walk(each, [...way, name]);
    } else if (Array.isArray(inside)) {
      facts.push(
        ...fact(
          way.join(' · '),
          inside.map((each) => said(each)),
        ),
      );
    } else {
      facts.push(...fact(way.join(' · '), [inside]));
    }
  };
  walk(value, []);
  return facts;
}
