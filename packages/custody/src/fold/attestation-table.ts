/** Attestations by what they are about: an asset, or a digest. */
import { assetId } from '../event/asset-id.ts';
import type { AttestationRecorded, AttestationSigner } from '../event/attestation-event.ts';

export interface Attestation {
  readonly entry: number;
  readonly recorded: string;
  readonly by: string;
  /** Id of the asset; null if it was recorded of none. */
  readonly asset: string | null;
  readonly statement: string;
  readonly predicateType: string;
  readonly subjects: readonly string[];
  readonly subjectCount: number;
  readonly signers: readonly AttestationSigner[];
}

export interface AttestationFilter {
  readonly asset?: string;
  readonly subject?: string;
  readonly statement?: string;
  readonly predicateType?: string;
}

export class AttestationTable {
  readonly #all: Attestation[];
  readonly #byAsset = new Map<string, number[]>();
  readonly #bySubject = new Map<string, number[]>();
  readonly #byStatement = new Map<string, number[]>();
  readonly #byEntry = new Map<number, Attestation>();

  constructor(saved?: SavedAttestations) {
    this.#all = saved?.all ?? [];
    this.#all.forEach((attestation, row) => this.#index(attestation, row));
  }

  record(event: AttestationRecorded, entry: number): void {
    const { recorded, by, asset, statement, predicateType, subjects, subjectCount, signers } = event;
    const attestation: Attestation = {
      entry,
      recorded,
      by,
      asset: asset === undefined ? null : assetId(asset.kind, asset),
      statement,
      predicateType,
      subjects,
      subjectCount,
      signers,
    };
    this.#index(attestation, this.#all.push(attestation) - 1);
  }

  #index(attestation: Attestation, row: number): void {
    const { asset, subjects, statement, entry } = attestation;
    this.#byEntry.set(entry, attestation);
    const add = (index: Map<string, number[]>, key: string) => {
      const rows = index.get(key);
      if (rows === undefined) index.set(key, [row]);
      else rows.push(row);
    };
    if (asset !== null) add(this.#byAsset, asset);
    for (const subject of new Set(subjects)) add(this.#bySubject, subject);
    add(this.#byStatement, statement);
  }

  get count(): number {
    return this.#all.length;
  }

  /** Those that fit all of the filter, the newest first. */
  find({ asset, subject, statement, predicateType }: AttestationFilter): readonly Attestation[] {
    // The rarest index first: a statement is recorded once or twice, an asset may have thousands.
    const rows =
      statement !== undefined
        ? this.#byStatement.get(statement)
        : subject !== undefined
          ? this.#bySubject.get(subject)
          : asset !== undefined
            ? this.#byAsset.get(asset)
            : this.#all.keys();
    const found: Attestation[] = [];
    for (const row of rows ?? []) {
      const attestation = this.#all[row] as Attestation;
      if (asset !== undefined && attestation.asset !== asset) continue;
      if (subject !== undefined && !attestation.subjects.includes(subject)) continue;
      if (predicateType !== undefined && attestation.predicateType !== predicateType) continue;
      found.push(attestation);
    }
    return found.reverse();
  }

  /** The last `max`, the oldest first. */
  latest(max: number): readonly Attestation[] {
    return this.#all.slice(-max);
  }

  at(entry: number): Attestation | null {
    return this.#byEntry.get(entry) ?? null;
  }

  save(): SavedAttestations {
    return { all: this.#all };
  }
}

export interface SavedAttestations {
  readonly all: Attestation[];
}
