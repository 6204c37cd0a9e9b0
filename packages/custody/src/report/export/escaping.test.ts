/** Names come from strangers: whatever they hold, each format must say exactly that name and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvidenceEvent } from '../../event/event.ts';
import { NOW } from '../../fold/as-of.ts';
import { applyEntry, emptyState } from '../../fold/state.ts';
import { csvRow } from './csv.ts';
import { dotString } from './dot.ts';
import { jsonLd } from './json-ld.ts';
import { mermaidText } from './mermaid.ts';
import { scopeOf, type Scope } from './scope.ts';
import { turtle } from './turtle.ts';

const SIGNS = '"\'\\\n\r\t,;=+-@|#&<>`[](){}%\0\u2028\u2029\u0085\uff1d \u00a0nN1é';
const troublesome = fc.constantFrom('\ud800', '\udc00', '🙂', ...SIGNS);
const name = fc.oneof(
  fc.array(troublesome, { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
/** What is left of a name in a label: control characters and line ends are spaces there. */
const label = (text: string) => text.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');

describe('csv', () => {
  test('reads back as the same cells, apart from the apostrophe in front of what a spreadsheet would calculate', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (cells) => {
        const read = parseCsv(csvRow(cells));
        expect(read).toHaveLength(1);
        expect(read[0]!.map((cell, i) => (cell === `'${cells[i]}` ? cells[i] : cell))).toEqual(cells);
        for (const cell of read[0]!) expect(cell).not.toMatch(/^[\s"\0]*[=+\-@\uff1d]|^[\t\r\n\0]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** RFC 4180, as far as a test needs it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === ',') continue;
    rows.push(cells);
    cells = [];
  }
  return rows;
}

test('dot: a string ends where it should and shows the text', () => {
  fc.assert(
    fc.property(name, (text) => {
      const [, inside] = /^"((?:[^"\\]|\\["\\])*)"$/.exec(dotString(text))!;
      const shown = inside!.replaceAll(/\\(["\\])/g, '$1').replaceAll('&amp;', '&');
      expect(inside!.replaceAll('&amp;', '')).not.toContain('&');
      expect(shown).toBe(label(text));
    }),
    { numRuns: 2_000 },
  );
});

test('mermaid: a label holds nothing that its grammar, HTML or Markdown reads', () => {
  fc.assert(
    fc.property(name, (text) => {
      const written = mermaidText(text);
      expect(written).toMatch(/^(?:[\p{L}\p{N} _./-]|#\d+;)+$/u);
      expect(written).not.toMatch(/^ *(?:\d+\.|-)/);
      const read = written.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
      expect(read).toBe(label(text) || ' ');
    }),
    { numRuns: 2_000 },
  );
});

describe('PROV-O', () => {
  const scopeWith = (dataset: string, job: string, owner: string): Scope => {
    const state = emptyState();
    const event: EvidenceEvent = {
      v: 1,
      kind: 'openlineage.run',
      id: 'e',
      recorded: '2026-11-12T00:00:00.000Z',
      by: 'test',
      eventTime: '2026-11-12T00:00:00.000Z',
      state: 'START',
      run: '00000000-0000-4000-8000-000000000001',
      job: { namespace: job, name: job, owners: [owner] },
      inputs: [{ namespace: dataset, name: dataset }],
      outputs: [],
      producer: 'https://example.org',
    };
    applyEntry(state, 0, event);
    return scopeOf(state, { root: null, direction: 'both', depth: 1 }, NOW);
  };
  const whole = (text: string) => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');

  test('turtle: every line is of the few shapes there are, and the literals are the names', () => {
    fc.assert(
      fc.property(name, name, name, (dataset, job, owner) => {
        const written = [...turtle(scopeWith(dataset, job, owner))].join('');
        const literals: string[] = [];
        for (const line of written.split('\n')) {
          expect(line).toMatch(
            /^(?:|@prefix \w+: <[^<>\s]+> \.|<[\w:%.~/-]+>|  a [\w:, ]+ ;|  [\w:]+ (?:<[\w:%.~/-]+>|"(?:[^"\\\n\r]|\\["\\nrt]|\\u[0-9A-F]{4})*"(?:\^\^xsd:\w+)?) [;.])$/,
          );
          const [, literal] = /^  (?:rdfs:label|custody:name) "(.*)" [;.]$/.exec(line) ?? [];
          if (literal !== undefined) literals.push(JSON.parse(`"${literal}"`) as string);
        }
        for (const text of [dataset, job, owner]) expect(literals).toContain(whole(text));
      }),
    );
  });

  test('JSON-LD: is JSON that UTF-8 can write, and says the same', () => {
    fc.assert(
      fc.property(name, name, name, (dataset, job, owner) => {
        const written = [...jsonLd(scopeWith(dataset, job, owner))].join('');
        const { '@graph': nodes } = JSON.parse(Buffer.from(written).toString()) as { '@graph': Record<string, any>[] };
        const labels = nodes.flatMap(
          (node) => node['rdfs:label']?.map((value: { '@value': string }) => value['@value']) ?? [],
        );
        expect(labels).toEqual(expect.arrayContaining([dataset, job, owner].map(whole)));
        for (const node of nodes) expect(node['@id']).toMatch(/^urn:(?:uuid|custody):[\w:%.~/-]*$/);
      }),
    );
  });
});
