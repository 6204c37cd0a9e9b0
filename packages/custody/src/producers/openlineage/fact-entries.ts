/** One event's facts as one entry or, if it is very wide, as several that add up. */
import { canonicalJson } from '../../event/canonical-json.ts';
import type { DatasetFact } from '../../event/event.ts';
import type { EventFacts, JobFacts, RunFacts } from './event-facts.ts';
import { OpenLineageError } from './openlineage-error.ts';

/** An entry is at most 65,535 bytes (C2SP tlog-tiles: a 16-bit length), of which the log's own fields take some. */
export const FACT_BYTES_MAX = 65_535 - 2_048;

/** Most events are far below the limit; this is the most that JSON can make of a text (\u0000 is six bytes). */
const BYTES_PER_CHARACTER_MAX = 6;
/** Names of members, braces, digest, time and run id of one dataset or event, with room. */
const FRAME_BYTES_MAX = 512;

export function factEntries(facts: EventFacts): readonly EventFacts[] {
  if (surelyFits(facts)) return [facts];
  const bytes = bytesOf(facts);
  if (bytes <= FACT_BYTES_MAX) return [facts];
  if (facts.kind === 'openlineage.dataset') throw tooLarge('/dataset');
  return split(facts);
}

function surelyFits(facts: EventFacts): boolean {
  let characters = facts.producer.length;
  let frames = 2;
  if (facts.kind === 'openlineage.dataset') characters += charactersOf(facts.dataset);
  else {
    characters += charactersOf(facts.job);
    if (facts.kind === 'openlineage.run' && facts.parent) characters += charactersOf(facts.parent.job);
    for (const dataset of facts.inputs) characters += charactersOf(dataset);
    for (const dataset of facts.outputs) characters += charactersOf(dataset);
    frames += facts.inputs.length + facts.outputs.length;
  }
  return characters * BYTES_PER_CHARACTER_MAX + frames * FRAME_BYTES_MAX <= FACT_BYTES_MAX;
}

function charactersOf(fact: Omit<DatasetFact, 'schema'>): number {
  let characters = fact.namespace.length + fact.name.length + (fact.type?.length ?? 0);
  characters += (fact.description?.length ?? 0) + (fact.version?.length ?? 0);
  for (const metric of Object.keys(fact.metrics ?? {})) characters += metric.length + 30;
  for (const { column } of fact.columnMetrics ?? []) characters += column.length + 30;
  for (const owner of fact.owners ?? []) characters += owner.length + 1;
  for (const tag of fact.tags ?? []) characters += tag.length + 1;
  return characters;
}

/**
 * The first entry says all about the job, the others only name it. Datasets go in order, each into the last entry while
 * there is room, so the same event always becomes the same entries.
 */
function split<Facts extends RunFacts | JobFacts>(facts: Facts): readonly Facts[] {
  const { inputs, outputs, job } = facts;
  const first: Facts = { ...facts, inputs: [], outputs: [] };
  const next: Facts = { ...first, job: { namespace: job.namespace, name: job.name } };
  const firstBytes = bytesOf(first);
  if (firstBytes > FACT_BYTES_MAX) throw tooLarge('/job');

  const entries: { inputs: DatasetFact[]; outputs: DatasetFact[] }[] = [{ inputs: [], outputs: [] }];
  const nextBytes = bytesOf(next);
  let used = firstBytes;
  for (const side of ['inputs', 'outputs'] as const) {
    for (const [index, dataset] of (side === 'inputs' ? inputs : outputs).entries()) {
      const bytes = bytesOf(dataset) + 1;
      if (used + bytes > FACT_BYTES_MAX) {
        if (nextBytes + bytes > FACT_BYTES_MAX) throw tooLarge(`/${side}/${index}`);
        entries.push({ inputs: [], outputs: [] });
        used = nextBytes;
      }
      entries.at(-1)![side].push(dataset);
      used += bytes;
    }
  }
  return entries.map((datasets, index) => ({ ...(index === 0 ? first : next), ...datasets }));
}

const bytesOf = (facts: unknown): number => Buffer.byteLength(canonicalJson(facts));

const tooLarge = (pointer: string): OpenLineageError =>
  new OpenLineageError(
    'too-large',
    pointer,
    `What ${pointer} says does not fit an entry of ${FACT_BYTES_MAX} bytes.`,
    'Shorten its names, description, owners and tags.',
  );
