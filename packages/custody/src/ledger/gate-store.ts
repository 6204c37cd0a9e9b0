/**
 * Ingest gates in the ledger: what came in, what is in quarantine and what becomes of it, labels of columns, and the rules.
 *
 * Order of things, so that a crash anywhere leaves no data without its entry: rows that are set aside are durable before
 * the entry, the entry before the output is put in place, and only then the lineage says that the run is complete.
 */
import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../event/canonical-json.ts';
import type { AssetName } from '../event/event.ts';
import type { GateIngest } from '../event/gate-event.ts';
import type { BatchRow, IngestRow, RulesVersion } from '../fold/ingest-table.ts';
import type { LabelRow } from '../fold/label-table.ts';
import { GateKeys } from '../gate/ingest/gate-keys.ts';
import type { GateReport } from '../gate/ingest/gate-report.ts';
import { readRules } from '../gate/ingest/rules-file.ts';
import { detect } from '../producers/scan/detect.ts';
import { ingestEvents, type GateRun } from '../producers/import/gate-run.ts';
import type { Intake } from './intake.ts';
import type { Draft, Ledger } from './ledger.ts';
import { bindPayload } from './payload.ts';
import type { QuarantineStore } from './quarantine-store.ts';

export class GateStoreError extends Error {
  readonly code:
    | 'no-such-ingest'
    | 'nothing-to-place'
    | 'no-such-batch'
    | 'no-such-label'
    | 'no-such-rules'
    | 'destroyed'
    | 'personal'
    | 'changed-meanwhile'
    | 'known-already'
    | 'payload-erased';
  readonly remedy: string;

  constructor(code: GateStoreError['code'], message: string, remedy: string) {
    super(message);
    this.name = 'GateStoreError';
    this.code = code;
    this.remedy = remedy;
  }
}

export interface IngestTold {
  readonly id: string;
  readonly started: string;
  readonly dataset: AssetName;
  readonly source: AssetName;
  readonly report: GateReport;
  readonly output: GateIngest['output'];
  readonly audit: GateIngest['audit'];
  readonly rules: string;
  readonly detector: string;
  readonly published?: { readonly name: string; readonly version: number };
  readonly baseline?: string;
}

/** What an entry has room for; the payload has all. */
const FINDINGS_MAX = 150;
const BROKEN_MAX = 50;
const NAME_MAX = 200;
/** A label is suggested where this share of the rows has the type, and at least so many. */
const SUGGEST_SHARE = 0.001;
const SUGGEST_ROWS = 3;

/** Names are in anybody's reasons; what identifies somebody by itself has no place in a log that cannot forget. */
const TOLERATED = new Set(['PERSON', 'LOCATION', 'DATE_TIME', 'URL', 'UUID', 'HIGH_ENTROPY', 'ADDRESS']);

export class GateStore {
  readonly #ledger: Ledger;
  readonly #intake: Intake;
  readonly quarantine: QuarantineStore;
  readonly keys: GateKeys;
  readonly #now: () => Date;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, intake: Intake, quarantine: QuarantineStore, keys: GateKeys, now: () => Date) {
    this.#ledger = ledger;
    this.#intake = intake;
    this.quarantine = quarantine;
    this.keys = keys;
    this.#now = now;
  }

  /** Records an ingest. `sealed`: rows that were set aside. Throws GateStoreError, LogError. */
  async record(
    told: IngestTold,
    by: string,
    sealed: { readonly key: Uint8Array; readonly bytes: AsyncIterable<Uint8Array> } | null,
  ): Promise<{ readonly entry: number; readonly batch: string | null }> {
    if (this.#ledger.state.ingests.get(told.id))
      throw new GateStoreError(
        'known-already',
        `the ingest ${told.id} is recorded already`,
        'Give each ingest an id of its own.',
      );
    const batch = sealed === null ? null : randomUUID();
    const stored = sealed === null ? null : await this.quarantine.put(batch!, sealed.key, sealed.bytes);
    let entry: number;
    try {
      await this.#tell(told, 'START', by);
      const draft = ingestDraft(told, by, this.#now(), batch === null ? null : { id: batch, ...stored! });
      const payload = bindPayload(Buffer.from(canonicalJson({ report: told.report })), 'application/json');
      ({ index: entry } = await this.#ledger.record(draft, payload));
    } catch (error) {
      // Without an entry nobody knows of the rows.
      if (batch !== null && !this.#ledger.state.ingests.get(told.id))
        await this.quarantine.destroy(batch).catch(() => {});
      throw error;
    }
    if (told.output === null) await this.#tell(told, 'FAIL', by);
    await this.#suggest(told, by);
    return { entry, batch };
  }

  /** Removes what a crash left in quarantine before its entry was made, and the rest of what was being destroyed. */
  async sweep(): Promise<void> {
    for (const batch of await this.quarantine.list()) {
      const known = this.#ledger.state.ingests.batch(batch);
      if (!known || known.destroyed) await this.quarantine.destroy(batch);
    }
  }

  /** The rows of a batch. Throws GateStoreError where they are not there any more. */
  async rowsOf(id: string): Promise<Awaited<ReturnType<QuarantineStore['open']>>> {
    await this.#refuseMissing(id);
    return this.quarantine.open(id);
  }

  async #refuseMissing(id: string): Promise<void> {
    this.batch(id);
    if (await this.quarantine.has(id)) return;
    throw new GateStoreError(
      'destroyed',
      `the rows of batch ${id} are not there any more`,
      'A crash came while it was destroyed: destroy it again, so that the log says so.',
    );
  }

  /** What was let in is in its place: the lineage says so. */
  async landed(id: string, by: string, replaced: boolean): Promise<void> {
    const row = this.ingest(id);
    const [event, report] = [await this.#ledger.event(row.entry), await this.reportOf(id)];
    if (row.output === null || report === null || event?.kind !== 'gate.ingest')
      throw new GateStoreError(
        'nothing-to-place',
        `the ingest ${id} let nothing in, or its report was erased`,
        'Ingest again: the lineage of this one stays as it is.',
      );
    await this.#tell({ ...row, report, detector: event.detector }, 'COMPLETE', by, replaced);
  }

  async #tell(told: GateRun, state: 'START' | 'COMPLETE' | 'FAIL', by: string, replaced = false): Promise<void> {
    const event = ingestEvents(told, state, this.#now().toISOString(), replaced);
    await this.#intake.takeOne(Buffer.from(JSON.stringify(event)), by);
  }

  /** Suggests labels for columns by what was found in them; what a person decided about is left alone. */
  async #suggest({ dataset, report, id }: IngestTold, by: string): Promise<void> {
    const counts = new Map<string, { column: string; type: string; family: string; count: number }>();
    for (const { column, type, family, count } of report.findings) {
      const key = `${column}\n${type}`;
      const known = counts.get(key);
      if (known) known.count += count;
      else counts.set(key, { column, type, family, count });
    }
    for (const { column, type, family, count } of counts.values()) {
      const label = `${family === 'secret' ? 'secret' : 'pii'}:${type}`;
      if (column === '' || this.#ledger.state.labels.get(dataset, column, label)) continue;
      const share = count / Math.max(1, report.rows.read);
      // A secret is one too many; of personal data a few finds in many rows may be mistakes of the detector.
      if (family !== 'secret' && (share < SUGGEST_SHARE || count < SUGGEST_ROWS) && count < 100) continue;
      await this.#ledger.record({
        kind: 'label.suggested',
        id: `label:${digest(canonicalJson([dataset, column, label]))}:suggested`,
        by,
        dataset,
        column,
        label,
        confidence: Math.round(Math.min(0.99, 0.5 + share / 2) * 100) / 100,
        reasons: [`${count} values in ${report.rows.read} rows are ${type}`],
        ingest: id,
      });
    }
  }

  ingest(id: string): IngestRow {
    const row = this.#ledger.state.ingests.get(id);
    if (!row)
      throw new GateStoreError('no-such-ingest', `there is no ingest ${id}`, '`GET /custody/v1/ingests` lists them.');
    return row;
  }

  /** The report in full; null where it was erased. */
  async reportOf(id: string): Promise<GateReport | null> {
    const stored = await this.#ledger.log.payload(this.ingest(id).entry);
    if (stored.state !== 'present') return null;
    return (JSON.parse(Buffer.from(stored.bytes).toString()) as { report: GateReport }).report;
  }

  /** A batch that is still there. Throws GateStoreError. */
  batch(id: string): BatchRow {
    const row = this.#ledger.state.ingests.batch(id);
    if (!row)
      throw new GateStoreError(
        'no-such-batch',
        `there is no batch ${id} in quarantine`,
        '`custody quarantine list` names them.',
      );
    if (row.destroyed)
      throw new GateStoreError(
        'destroyed',
        `batch ${id} was destroyed by ${row.destroyed.by}`,
        'Nothing is left of it.',
      );
    return row;
  }

  /** Records that a person releases a batch; only then its rows are given out. */
  release(id: string, as: 'raw' | 'masked', reason: string, by: string): Promise<BatchRow> {
    return this.#inTurn(async () => {
      const { ingest, rows } = this.batch(id);
      refusePersonal(reason);
      await this.#refuseMissing(id);
      await this.#ledger.record({
        kind: 'quarantine.released',
        id: `quarantine:${id}:released:${randomUUID()}`,
        by,
        batch: id,
        ingest,
        rows,
        as,
        reason,
      });
      return this.#ledger.state.ingests.batch(id)!;
    });
  }

  /** Destroys a batch; recorded after it is gone, so that no entry says what is not so. */
  destroy(id: string, reason: string, by: string): Promise<BatchRow> {
    return this.#inTurn(async () => {
      const { ingest } = this.batch(id);
      refusePersonal(reason);
      await this.quarantine.destroy(id);
      await this.#ledger.record({
        kind: 'quarantine.destroyed',
        id: `quarantine:${id}:destroyed`,
        by,
        batch: id,
        ingest,
        reason,
      });
      return this.#ledger.state.ingests.batch(id)!;
    });
  }

  /** A person accepts or rejects a label; one that nobody suggested can be accepted as well. */
  decideLabel(
    label: Pick<LabelRow, 'dataset' | 'column' | 'label'>,
    decision: 'accepted' | 'rejected',
    reason: string,
    by: string,
  ): Promise<LabelRow> {
    return this.#inTurn(async () => {
      const { dataset, column, label: name } = label;
      refusePersonal(reason);
      const known = this.#ledger.state.labels.get(dataset, column, name);
      if (known === null && decision === 'rejected')
        throw new GateStoreError(
          'no-such-label',
          `nobody suggested the label ${name} there`,
          'Check dataset, column and label.',
        );
      if (known?.state === decision) return known;
      await this.#ledger.record({
        kind: 'label.decided',
        id: `label:${randomUUID()}`,
        by,
        dataset,
        column,
        label: name,
        decision,
        reason,
      });
      return this.#ledger.state.labels.get(dataset, column, name)!;
    });
  }

  /** Brings rules into force. Throws GateRulesError, GateStoreError. */
  publishRules(name: string, text: string, message: string, base: number | null, by: string): Promise<RulesVersion> {
    return this.#inTurn(async () => {
      readRules(text);
      refusePersonal(message);
      return this.#publish(name, { message, by, base, text });
    });
  }

  withdrawRules(name: string, message: string, by: string): Promise<RulesVersion> {
    return this.#inTurn(async () => {
      if (!this.#ledger.state.ingests.activeRules(name)) throw noRules(name);
      return this.#publish(name, { message, by, base: null, text: null });
    });
  }

  async #publish(
    name: string,
    change: { message: string; by: string; base: number | null; text: string | null },
  ): Promise<RulesVersion> {
    const { ingests } = this.#ledger.state;
    const version = ingests.rulesVersions(name).length + 1;
    if (change.base !== null && change.base !== version - 1)
      throw new GateStoreError(
        'changed-meanwhile',
        `${name} is at version ${version - 1} now, not ${change.base}`,
        'Look at what changed, then publish again.',
      );
    const bytes = Buffer.from(change.text ?? '');
    await this.#ledger.record(
      {
        kind: 'rules.published',
        id: `rules:${name}:${version}`,
        by: change.by,
        rules: name,
        version,
        message: change.message,
        digest: `sha256:${digest(bytes)}`,
        ...(change.text === null && { withdrawn: true as const }),
      },
      change.text === null ? undefined : bindPayload(bytes, 'application/yaml'),
    );
    return this.#ledger.state.ingests.rulesVersions(name).at(-1)!;
  }

  /** The text of a version; of the one in force where none is named. Throws GateStoreError. */
  async rulesText(name: string, version?: number): Promise<{ readonly text: string; readonly version: RulesVersion }> {
    const { ingests } = this.#ledger.state;
    const found =
      version === undefined
        ? ingests.activeRules(name)
        : ingests.rulesVersions(name).find((one) => one.version === version && !one.withdrawn);
    if (!found) throw noRules(name);
    const stored = await this.#ledger.log.payload(found.entry);
    if (stored.state !== 'present')
      throw new GateStoreError(
        'payload-erased',
        `the text of ${name} version ${found.version} was erased`,
        'Publish the rules again.',
      );
    return { text: Buffer.from(stored.bytes).toString(), version: found };
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(change, change);
    this.#turn = done.catch(() => {});
    return done;
  }
}

const noRules = (name: string): GateStoreError =>
  new GateStoreError('no-such-rules', `no rules ${name} are in force`, 'Publish some first, or check the name.');
const digest = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Throws GateStoreError: the log cannot forget what a reason says. */
function refusePersonal(text: string): void {
  const found = detect(text).find(({ type, confidence }) => confidence >= 0.7 && !TOLERATED.has(type));
  if (found)
    throw new GateStoreError(
      'personal',
      `the text holds what looks like ${found.type}, and the log cannot forget it`,
      'Say it without personal data.',
    );
}

function ingestDraft(
  told: IngestTold,
  by: string,
  now: Date,
  batch: { readonly id: string; readonly digest: string; readonly bytes: number } | null,
): Draft {
  const { report } = told;
  return {
    kind: 'gate.ingest',
    id: `ingest:${told.id}`,
    by,
    ingest: told.id,
    decided: now.toISOString(),
    dataset: told.dataset,
    source: told.source,
    verdict: report.verdict,
    ...(report.isWhole && { whole: true as const }),
    rows: report.rows,
    changed: report.changed,
    rules: told.rules,
    ...(told.published && { published: told.published }),
    detector: told.detector,
    output: told.output,
    audit: told.audit,
    findings: report.findings.slice(0, FINDINGS_MAX).map(({ type, column, rule, action, count }) => ({
      type,
      column: column.slice(0, NAME_MAX),
      rule,
      action,
      count,
    })),
    broken: report.checks
      .filter(({ passed }) => !passed)
      .slice(0, BROKEN_MAX)
      .map(({ check, column, action }) => ({ check, column: column?.slice(0, NAME_MAX) ?? null, action })),
    checks: report.checks.length,
    baseline:
      report.drift === null
        ? null
        : {
            digest: report.drift.baseline,
            shifted: report.drift.columns
              .filter(({ isShifted }) => isShifted)
              .slice(0, BROKEN_MAX)
              .map(({ column }) => column.slice(0, NAME_MAX)),
          },
    batch: batch === null ? null : { ...batch, rows: report.isWhole ? report.rows.read : report.rows.quarantined },
  };
}
