/**
 * The gaps of a way as one document for an auditor: Markdown, or a page that prints well and needs nothing else. Names
 * come from producers, so each is escaped for where it stands.
 */
export interface GapReport {
  readonly root: { readonly id: string; readonly name: string };
  readonly direction: 'both' | 'up' | 'down';
  readonly assets: readonly {
    readonly id: string;
    readonly kind: string;
    readonly type: string | null;
    readonly hops: number;
    readonly checks: readonly {
      readonly kind: string;
      readonly state: 'known' | 'missing' | 'not-applicable';
      readonly says: string;
      readonly entry: number | null;
    }[];
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly state: 'known' | 'missing' | 'not-applicable';
    readonly says: string;
  }[];
  readonly known: number;
  readonly missing: number;
  readonly asOf: {
    readonly at: string | null;
    readonly entries: number;
    readonly checkpoint: { readonly size: number; readonly root: string } | null;
  };
}

interface Cell {
  readonly text: string;
  readonly state?: 'known' | 'missing' | 'not-applicable';
}

interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const SIDES = { up: 'what it was made from', down: 'what was made from it', both: 'all around it' } as const;
const WORDS = { known: 'known', missing: 'MISSING', 'not-applicable': 'not needed' } as const;

function summaryOf({ root, direction, known, missing, assets, asOf }: GapReport): readonly string[] {
  return [
    `Asset: ${root.id}, and ${SIDES[direction]}: ${assets.length} assets.`,
    `${missing} facts are missing, ${known} are known.`,
    `${asOf.at === null ? 'As of now' : `As of ${asOf.at}`}, from the first ${asOf.entries} entries of the log.` +
      (asOf.checkpoint ? ` Checkpoint: ${asOf.checkpoint.size} entries, root ${asOf.checkpoint.root}.` : ''),
    'A fact counts as known if a pipeline said it; the entry is where it did. This list does not test that it is true.',
  ];
}

function sectionsOf({ assets, edges }: GapReport): readonly Section[] {
  const kinds = [...new Set(assets.flatMap(({ checks }) => checks.map(({ kind }) => kind)))];
  const overview: Section = {
    title: 'Overview',
    head: ['Asset', ...kinds],
    rows: assets.map(({ id, checks }) => [
      { text: id },
      ...kinds.map((kind): Cell => {
        const check = checks.find((one) => one.kind === kind);
        return check ? { text: WORDS[check.state], state: check.state } : { text: '' };
      }),
    ]),
  };
  const missing: Section = {
    title: 'What is missing',
    head: ['Asset', 'Fact', 'How to tell it'],
    rows: assets.flatMap(({ id, checks }) =>
      checks
        .filter(({ state }) => state === 'missing')
        .map(({ kind, says }) => [{ text: id }, { text: kind }, { text: says }]),
    ),
  };
  const known: Section = {
    title: 'What is known',
    head: ['Asset', 'Fact', 'What was said', 'Entry'],
    rows: assets.flatMap(({ id, checks }) =>
      checks
        .filter(({ state }) => state !== 'missing')
        .map(({ kind, says, entry }) => [
          { text: id },
          { text: kind },
          { text: says },
          { text: entry === null ? '' : String(entry) },
        ]),
    ),
  };
  const ways: Section = {
    title: 'Encryption on the way',
    head: ['From', 'To', '', 'What was said'],
    rows: edges.map(({ from, to, state, says }) => [
      { text: from },
      { text: to },
      { text: WORDS[state], state },
      { text: says },
    ]),
  };
  return [overview, missing, known, ways].filter(({ rows }) => rows.length > 0);
}

export function gapMarkdown(report: GapReport): string {
  const cell = (text: string) => text.replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&').replace(/[\r\n\u2028\u2029]+/g, ' ');
  const lines = [`# Security gaps: ${cell(report.root.name)}`, ''];
  for (const line of summaryOf(report)) lines.push(cell(line), '');
  for (const { title, head, rows } of sectionsOf(report)) {
    lines.push(`## ${title}`, '', `| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`);
    for (const row of rows) lines.push(`| ${row.map(({ text }) => cell(text)).join(' | ')} |`);
    lines.push('');
  }
  return lines.join('\n');
}

const STYLE = `
body { font: 14px/1.5 system-ui, sans-serif; color: #1a1d21; background: #fff; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: 12px; } th, td { border: 1px solid #c9ced6; padding: 4px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f1f3f6; } .missing { font-weight: 700; background: #fde8e4; } .not-applicable { color: #59616d; }
@page { size: A4 landscape; margin: 15mm; } @media print { body { margin: 0; max-width: none; } thead { display: table-header-group; } tr { break-inside: avoid; } }`;

export function gapHtml(report: GapReport): string {
  const escape = (text: string) =>
    text
      .replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`)
      .replace(/\p{Cc}/gu, (one) => (/\s/.test(one) ? one : '\ufffd'));
  const title = escape(`Security gaps: ${report.root.name}`);
  const sections = sectionsOf(report).map(({ title: heading, head, rows }) => {
    const body = rows.map(
      (row) =>
        `<tr>${row.map(({ text, state }) => `<td${state ? ` class="${state}"` : ''}>${escape(text)}</td>`).join('')}</tr>`,
    );
    const columns = head.map((one) => `<th scope="col">${escape(one)}</th>`).join('');
    return `<h2>${heading}</h2>\n<table><thead><tr>${columns}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table>`;
  });
  const summary = summaryOf(report).map((line) => `<p>${escape(line)}</p>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>
${[...summary, ...sections].join('\n')}
</main></body></html>
`;
}
