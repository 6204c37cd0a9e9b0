/** The digest of what an attestation is about: a file, or a folder by the digest that its model signature has. */
import { statSync } from 'node:fs';
import { AttestError, shown } from '../attest/attest-error.ts';
import { GIT_PATHS } from '../attest/model-manifest.ts';
import type { Resource } from '../attest/statement.ts';
import { hashFiles } from './file-hash.ts';
import { listModel, requireNoLinks } from './model-folder.ts';
import { sealModel } from './model-files.ts';

/** `text`: a path, or `NAME@ALGORITHM:HEX`. Throws AttestError. */
export async function artifactOf(text: string): Promise<Resource> {
  const given = /^(.*)@(sha256|sha384|sha512|sha1|gitCommit):([0-9a-f]+)$/s.exec(text);
  if (given !== null) return { name: given[1] as string, digest: { [given[2] as string]: given[3] as string } };
  const stat = statSync(text, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new AttestError(
      'subject',
      'unreadable',
      `there is no ${shown(text)}`,
      'Give a path, or NAME@sha256:HEX.',
      shown(text),
    );
  if (stat.isFile()) {
    const [hashed] = await hashFiles([
      { name: text, path: text, hash: 'sha256', range: null, follow: true, bytes: stat.size },
    ]);
    return { name: text.slice(text.lastIndexOf('/') + 1), digest: { sha256: (hashed as { hex: string }).hex } };
  }
  const { name, root } = await sealModel(text, {
    serialization: { method: 'files', hash: 'sha256', shardSize: null, allowSymlinks: false, ignorePaths: GIT_PATHS },
    excluded: [],
    cache: null,
    now: Date.now,
  });
  return { name, digest: { sha256: root } };
}

/** The files at a path, by their path from here. Throws AttestError. */
export async function filesAt(path: string): Promise<Resource[]> {
  const listing = listModel(path);
  requireNoLinks(listing, 'Name the files that they point to.');
  const base = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const files = listing.entries.filter(({ kind }) => kind === 'file');
  const hashed = await hashFiles(
    files.map(({ name, path: where, size }) => ({
      name,
      path: where,
      hash: 'sha256',
      range: null,
      follow: false,
      bytes: size,
    })),
  );
  return files.map(({ name }, i) => ({
    name: listing.isSingleFile ? base : base === '.' || base === '' ? name : `${base}/${name}`,
    digest: { sha256: (hashed[i] as { hex: string }).hex },
  }));
}
