/** What the log holds of versions of datasets. */
import type { AssetName, Entry } from './event.ts';

/** Somebody committed a version: the payload is its manifest and where its bytes lie, canonical JSON. */
export interface DatasetVersioned extends Entry<'dataset.version'> {
  readonly dataset: AssetName;
  /** From 1, one more each time. */
  readonly version: number;
  /** "sha256:<hex>" of the manifest's canonical JSON. */
  readonly manifest: string;
  /** Digest over every cell, see `docs/manifest.md`. */
  readonly table: string;
  readonly format: string;
  readonly rows: number;
  readonly columns: number;
  /** Who is in it: how many, the root of their tree and which tenant key made it. */
  readonly subjects?: { readonly count: number; readonly root: string; readonly key: string };
  /** `store`: in a content-addressed store; `place`: only where they lay; `none`: nowhere that they could be read from. */
  readonly bytes: 'store' | 'place' | 'none';
  readonly message: string;
}

/** A name such as `production` points to another version from here on. */
export interface DatasetAliased extends Entry<'dataset.alias'> {
  readonly dataset: AssetName;
  readonly alias: string;
  readonly version: number;
  /** Where it pointed before; null the first time. */
  readonly from: number | null;
  readonly reason: string;
  /** The bytes of the version were put back, and verified, before the alias moved. */
  readonly restored?: true;
}
