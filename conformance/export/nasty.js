// Names that every format has its own trouble with.
const NAMES = [
  '=HYPERLINK("http://evil.example","x")',
  '@SUM(1+1)',
  '+1',
  '-2+3',
  ' =1',
  'comma, "quote", \'apostrophe\'; semicolon',
  'line\nend\r\nand tab\t',
  'back\\slash \\N \\" end\\',
  '<b>&amp;&lt;</b> #35; #quot; `md` **x**',
  'end',
  '"]; n0 -> n1 ["',
  '"]-->x["',
  'ünïcode 名前 🙂 \u2028',
  '<http://example.org/> . a <x> ;',
  '"""^^xsd:integer',
  '%41 %zz {} | ^ ~',
  '\u0000\u0001\u007f',
];

/** A chain through all of them, so that each is input and output; the owners have such names too. */
export const nastyEvents = () =>
  NAMES.map((name, n) => ({
    eventType: 'COMPLETE',
    eventTime: new Date(Date.UTC(2026, 10, 24) + n * 60_000).toISOString(),
    producer: 'https://example.invalid/nasty',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}` },
    job: { namespace: name, name: `job ${name}`, facets: { ownership: owners(name) } },
    inputs: [{ namespace: 'nasty', name }],
    outputs: [
      {
        namespace: 'nasty',
        name: NAMES[(n + 1) % NAMES.length],
        facets: { ownership: owners(`half \ud800 a pair ${name}`) },
      },
    ],
  }));

const owners = (name) => ({
  _producer: 'https://example.invalid/nasty',
  _schemaURL: 'https://openlineage.io/spec/facets/1-0-1/OwnershipDatasetFacet.json',
  owners: [{ name }],
});
