/** The files of a policy as they are published: bounded, named cleanly, always the same bytes for the same files. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../event/canonical-json.ts';
import { bundleOf, cleanPath, RegoError, type Bundle } from './rego/index.ts';

/** Text by path. */
export type PolicyFiles = Readonly<Record<string, string>>;

const FILES_MAX = 200;
const BYTES_MAX = 4_000_000;

const refuse = (what: string, remedy: string): RegoError => new RegoError('rego_compile_error', what, remedy);

/** Throws RegoError for files that no policy is made of. */
export function checkFiles(files: PolicyFiles): void {
  const names = Object.keys(files);
  if (names.length === 0) throw refuse('a policy has at least one file', 'Give a .rego file.');
  if (names.length > FILES_MAX)
    throw refuse(`a policy has at most ${FILES_MAX} files`, 'Split it into several policies.');
  let bytes = 0;
  for (const name of names) {
    if (cleanPath(name) !== name || !/(?:\.rego|(?:^|\/)data\.(?:json|ya?ml)|^\.manifest)$/.test(name))
      throw refuse(
        `${JSON.stringify(name.slice(0, 200))} is no file of a policy`,
        'Files are .rego, data.json, data.yaml and .manifest, with clean relative paths.',
      );
    bytes += Buffer.byteLength(files[name] as string);
  }
  if (bytes > BYTES_MAX) throw refuse(`a policy has at most ${BYTES_MAX / 1e6} MB`, 'Keep large documents elsewhere.');
}

export const filesPayload = (files: PolicyFiles): Buffer => Buffer.from(canonicalJson({ files }));

export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The files in a payload. Throws RegoError. */
export function filesOfPayload(bytes: Uint8Array): PolicyFiles {
  const { files } = JSON.parse(Buffer.from(bytes).toString()) as { files: Record<string, string> };
  return files;
}

/** Modules, documents and roots. Throws RegoError. */
export function bundleOfFiles(files: PolicyFiles): Bundle {
  return bundleOf(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
}
