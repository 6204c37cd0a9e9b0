import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapHtml, gapMarkdown, type GapReport } from './gap-document.ts';

const report = (name: string, says = 'alice'): GapReport => ({
  root: { id: `dataset:pg:${name}`, name },
  direction: 'up',
  assets: [
    {
      id: `dataset:pg:${name}`,
      kind: 'dataset',
      type: 'TABLE',
      hops: 0,
      checks: [
        { kind: 'owner', state: 'known', says, entry: 7 },
        { kind: 'retention', state: 'missing', says: 'Tag it.', entry: null },
      ],
    },
  ],
  edges: [{ from: 'job:etl:load', to: `dataset:pg:${name}`, state: 'missing', says: 'Tag it.' }],
  known: 1,
  missing: 1,
  asOf: { at: null, entries: 42, checkpoint: { size: 42, root: 'abc=' } },
});

test('says what is missing and known, with the entry, and what it rests on', () => {
  const text = gapMarkdown(report('crm.customers'));
  expect(text).toContain('1 facts are missing, 1 are known.');
  expect(text).toContain('| dataset:pg:crm.customers | retention | Tag it. |');
  expect(text).toContain('| dataset:pg:crm.customers | owner | alice | 7 |');
  expect(text).toContain('root abc=');
  const html = gapHtml(report('crm.customers'));
  expect(html).toContain('<td class="missing">MISSING</td>');
  expect(html).toContain('root abc=');
});

test('no name and no text of a producer becomes markup or another cell', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '<script>x</script>',
      '| a | b |',
      '\n\n# heading',
      '[x](javascript:y)',
      '" onload="x',
      '\\|',
      '&lt;',
    ),
  );
  const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('|')).length;
  fc.assert(
    fc.property(nasty, nasty, (name, says) => {
      const html = gapHtml(report(name, says));
      expect(
        html.replace(
          /<\/?(?:!doctype|html|head|meta|title|style|body|main|h1|h2|p|table|thead|tbody|tr|th|td)\b[^<>]*>/g,
          '',
        ),
      ).not.toMatch(/[<>]/);
      const markdown = gapMarkdown(report(name, says));
      expect(rows(markdown)).toBe(rows(gapMarkdown(report('plain'))));
      for (const line of markdown.split('\n').filter((one) => one.startsWith('| dataset:'))) {
        expect(line.replace(/\\[\s\S]/g, '').split('|').length).toBeLessThanOrEqual(6);
        expect(line.replace(/\\[\s\S]/g, '')).not.toMatch(/[[\]<>`*]/);
      }
    }),
  );
});
