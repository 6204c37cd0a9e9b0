/** Versions of datasets on their way into the ledger, one after the other, and back out of it. */
import { createHash } from 'node:crypto';
import { DatasetError } from '../dataset/dataset-error.ts';
import { manifestText, parseManifest, tableDigestOf, type Manifest } from '../dataset/manifest.ts';
import { canonicalJson } from '../event/canonical-json.ts';
import type { AssetName } from '../event/event.ts';
import { assetId } from '../event/asset-id.ts';
import type { AliasMove, DatasetVersion } from '../fold/dataset-versions.ts';
import type { Ledger } from './ledger.ts';
import { bindPayload } from './payload.ts';

/** Where the bytes of a version lie. Paths are those of the machine that committed it. */
export interface BytesPlace {
  readonly kind: 'store' | 'place' | 'none';
  /** Folder of the store, or of the files; a table's address without its password. */
  readonly where: string;
}

export interface Commit {
  readonly dataset: AssetName;
  /** JSON text or value of a manifest. */
  readonly manifest: unknown;
  readonly place: BytesPlace;
  readonly message: string;
  readonly by: string;
  /** The newest version that the committer knew; null if that does not matter. */
  readonly base: number | null;
}

export interface Move {
  readonly dataset: AssetName;
  readonly alias: string;
  readonly version: number;
  readonly reason: string;
  readonly isRestored: boolean;
  readonly by: string;
}

/** What is answered for a version in full. Null where the payload was erased. */
export interface VersionContent {
  readonly manifest: Manifest;
  readonly place: BytesPlace;
}

export class DatasetStore {
  readonly #ledger: Ledger;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Records a version. A version with the manifest of the newest is that one. Throws DatasetError, LogError. */
  commit(commit: Commit): Promise<{ version: DatasetVersion; duplicate: boolean }> {
    return this.#inTurn(async () => {
      const manifest = parseManifest(
        typeof commit.manifest === 'string' ? commit.manifest : JSON.stringify(commit.manifest),
      );
      const id = assetId('dataset', commit.dataset);
      const before = this.#ledger.state.versions.versionsOf(id);
      const digest = `sha256:${createHash('sha256').update(manifestText(manifest)).digest('hex')}`;
      const newest = before.at(-1);
      if (newest?.manifest === digest) return { version: newest, duplicate: true };
      if (commit.base !== null && commit.base !== before.length)
        throw new DatasetError(
          'dataset.changed',
          `The dataset is at version ${before.length} now, not ${commit.base}`,
          'Look at what changed, then commit again.',
        );
      const { predicate } = manifest;
      const { index } = await this.#ledger.record(
        {
          kind: 'dataset.version',
          id: `dataset-version:${createHash('sha256')
            .update(`${id}\n${before.length + 1}\n${digest}`)
            .digest('hex')}`,
          by: commit.by,
          dataset: commit.dataset,
          version: before.length + 1,
          manifest: digest,
          table: tableDigestOf(manifest),
          format: predicate.format,
          rows: predicate.rows,
          columns: predicate.columns.length,
          ...(predicate.subjects !== null && {
            subjects: {
              count: predicate.subjects.count,
              root: predicate.subjects.root,
              key: predicate.subjects.key,
            },
          }),
          bytes: commit.place.kind,
          message: commit.message,
        },
        bindPayload(Buffer.from(canonicalJson({ manifest, place: commit.place })), 'application/json'),
      );
      const version = this.#ledger.state.versions.versionsOf(id).find(({ entry }) => entry === index)!;
      return { version, duplicate: false };
    });
  }

  /** Lets an alias point to a version. Throws DatasetError, LogError. */
  move(move: Move): Promise<AliasMove> {
    return this.#inTurn(async () => {
      const id = assetId('dataset', move.dataset);
      this.version(id, move.version);
      const from = this.#ledger.state.versions.aliasesOf(id).get(move.alias)?.version ?? null;
      const moves = this.#ledger.state.versions.movesOf(id).length;
      const { index } = await this.#ledger.record({
        kind: 'dataset.alias',
        id: `dataset-alias:${createHash('sha256')
          .update(canonicalJson({ id, moves, ...move }))
          .digest('hex')}`,
        by: move.by,
        dataset: move.dataset,
        alias: move.alias,
        version: move.version,
        from,
        reason: move.reason,
        ...(move.isRestored && { restored: true as const }),
      });
      return this.#ledger.state.versions.movesOf(id).find(({ entry }) => entry === index)!;
    });
  }

  /** Throws DatasetError where there is none. */
  version(dataset: string, number: number): DatasetVersion {
    const versions = this.#ledger.state.versions.versionsOf(dataset);
    const found = versions[number - 1];
    if (found === undefined)
      throw new DatasetError(
        'dataset.version',
        versions.length === 0 ? `There are no versions of ${dataset}.` : `${dataset} has no version ${number}.`,
        versions.length === 0 ? 'Commit one: `custody dataset commit`.' : `It has versions 1 to ${versions.length}.`,
      );
    return found;
  }

  /** The manifest of a version and where its bytes lie; null if the payload was erased. */
  async contentOf({ entry }: DatasetVersion): Promise<VersionContent | null> {
    const stored = await this.#ledger.log.payload(entry);
    return stored.state === 'present' ? (JSON.parse(stored.bytes.toString()) as VersionContent) : null;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
