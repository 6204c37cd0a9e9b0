/**
 * The log as the rest of the product sees it. Drivers: files (file-log.ts). Every driver passes evidence-log.suite.ts.
 */
import type { TileName } from './tile-path.ts';

/** What is appended: an entry, known by `id`, with bytes that lie beside it and can be erased. */
export interface Appendable {
  /** At most 200 characters. Appending the same id again is a no-op that answers with the first index. */
  readonly id: string;
  /** 1 to 65,535 bytes. */
  readonly entry: Uint8Array;
  readonly payload?: { readonly salt: Uint8Array; readonly bytes: Uint8Array };
}

export interface Appended {
  readonly index: number;
  /** True if this id was in the log already. */
  readonly duplicate: boolean;
}

export type StoredPayload =
  | { readonly state: 'present'; readonly salt: Uint8Array; readonly bytes: Uint8Array }
  | { readonly state: 'erased' }
  | { readonly state: 'none' };

export interface SignedCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note, verbatim. */
  readonly text: string;
  readonly signedAt: Date;
}

/** A torn tail that was cut back at start. */
export interface Recovery {
  readonly file: string;
  readonly offset: number;
  readonly cutBytes: number;
  readonly why: string;
  /** Where the cut bytes were kept. */
  readonly keptIn: string;
}

export interface EvidenceLog {
  /** Name of the log: the first line of every checkpoint. */
  readonly origin: string;
  /** Public key as name+id+base64 (signed-note). */
  readonly key: string;
  /** What had to be cut when the log was opened. */
  readonly recovered: readonly Recovery[];

  /** Number of durable entries. */
  size(): number;

  /** Resolves when entry and payload are durable. Entries of one call keep their order but other calls' may lie between. */
  append(entry: Appendable): Promise<Appended>;

  /** Entries [from, to), fewer where the log ends. Bytes are the caller's own. */
  read(from: number, to: number): Promise<readonly Buffer[]>;

  payload(index: number): Promise<StoredPayload>;

  /** Erases payloads and their salts for good. Resolves when that is durable. Entries without a payload are left alone. */
  erasePayloads(indices: readonly number[]): Promise<void>;

  /** The newest signed checkpoint; null while the log is empty. */
  checkpoint(): SignedCheckpoint | null;

  /** Resolves with a checkpoint that covers the first `size` entries. */
  checkpointOver(size: number): Promise<SignedCheckpoint>;

  /** Root of the first `size` entries. */
  root(size: number): Promise<Uint8Array>;

  /** Sibling hashes from leaf to root (RFC 9162 2.1.3), checked against the root before they are given out. */
  inclusionProof(index: number, size: number): Promise<readonly Uint8Array[]>;

  /** RFC 9162 2.1.4, checked before it is given out. */
  consistencyProof(from: number, to: number): Promise<readonly Uint8Array[]>;

  /** Bytes of a tile or entry bundle of tlog-tiles; null if the log does not reach that far. */
  tile(name: TileName): Promise<Buffer | null>;

  /** Called after each group of entries became durable, with the new size. Returns a function that unsubscribes. */
  onAppend(listener: (size: number) => void): () => void;
  onCheckpoint(listener: (checkpoint: SignedCheckpoint) => void): () => void;

  saveSnapshot(name: string, size: number, state: Uint8Array): Promise<void>;
  /** The newest whole snapshot of this log under that name; null if there is none. */
  loadSnapshot(name: string): Promise<{ readonly size: number; readonly state: Buffer } | null>;

  /** Signs a last checkpoint and lets go of the files. */
  close(): Promise<void>;
}
