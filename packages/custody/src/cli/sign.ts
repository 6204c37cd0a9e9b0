import {
  CommandError,
  EXIT,
  numberOf,
  stringOf,
  stringsOf,
  UsageError,
  type Command,
  type Invocation,
} from './command.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { KEY_OPTIONS, KEYLESS_OPTIONS, signStatement, type SignedStatement } from './signing-key.ts';
import {
  GIT_PATHS,
  HASHES,
  manifestStatement,
  type ModelManifest,
  type Serialization,
} from '../attest/model-manifest.ts';
import { within } from './named-path.ts';
import { formatStatement } from '../attest/statement.ts';

const SHARD_SIZE = 1_000_000_000;

export const sign: Command = {
  name: 'sign',
  arguments: 'PATH',
  summary: 'sign a model or dataset, a folder or a file (OpenSSF Model Signing)',
  example: 'custody sign ./credit-model --key key.pem --signature credit-model.sig',
  details:
    'Writes a Sigstore bundle that `model_signing verify` and `custody verify` read. Beside the list of OpenSSF Model Signing it\n' +
    "holds Custody's digest, which also binds modes, links, empty folders and what lies in ignored paths.\n" +
    '--key takes a PEM file, env:NAME, or vault:KEY (HashiCorp Vault or OpenBao Transit). docs/signing.md tells more.',
  options: {
    signature: { type: 'string', value: 'FILE', help: 'where the signature goes (default PATH.sig)' },
    ...KEY_OPTIONS,
    ...KEYLESS_OPTIONS,
    'ignore-paths': { type: 'string', value: 'PATH', multiple: true, help: 'not in the signed list; may be repeated' },
    'no-ignore-git-paths': { type: 'boolean', help: `take ${GIT_PATHS.join(', ')} into the signed list` },
    exclude: {
      type: 'string',
      value: 'PATH',
      multiple: true,
      help: "not in Custody's digest either; `logs/` is a folder",
    },
    'allow-symlinks': { type: 'boolean', help: 'follow links to files; without it a link is refused' },
    hash: { type: 'string', value: 'NAME', help: `${HASHES.join(', ')} (default sha256)` },
    shards: { type: 'boolean', help: 'list shards of files, so that one large file is hashed on all cores' },
    'shard-size': { type: 'string', value: 'BYTES', help: `size of a shard (default ${SHARD_SIZE})` },
    'oms-only': { type: 'boolean', help: "leave Custody's digest out" },
    'dry-run': { type: 'boolean', help: 'print the statement and sign nothing' },
    record: { type: 'boolean', help: 'record the signature in the log: time that others can check' },
    asset: { type: 'string', value: 'ID', help: 'with --record: the asset it is of, such as dataset:NAMESPACE:NAME' },
    full: { type: 'boolean', help: 'read every file, also those that did not change since they were hashed last' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsageError('Name one folder or file.');
    const target = stringOf(invocation, 'signature') ?? `${path.replace(/\/+$/, '')}.sig`;
    const manifest = await seal(path, target, invocation);
    if (manifest.tree?.entries.some(({ name, kind }) => name === '.git' && kind === 'folder') === true)
      out.note(
        "The repository's own folder, .git, is covered too and changes with the next git command: --exclude .git/ leaves it out.",
      );
    const text = formatStatement(manifestStatement(manifest));
    if (values['dry-run'] === true) {
      out.write(`${text}\n`);
      return EXIT.ok;
    }
    const signed = await signStatement(text, invocation);
    const { replaceTextFile } = await import('../source/text-file.ts');
    await replaceTextFile(target, signed.bundle);
    const recorded = values['record'] === true ? await record(signed, invocation) : null;
    const { name, root, tree, resources } = manifest;
    if (out.json)
      out.write(
        `${JSON.stringify({ signature: target, name, root, tree: tree?.sha256 ?? null, resources: resources.length, recorded })}\n`,
      );
    else {
      out.write(`SIGNED  ${name}\n  model   sha256:${root}\n`);
      if (tree !== null) out.write(`  folder  custody-tree-v1:${tree.sha256}\n`);
      out.write(`  ${resources.length} ${manifest.serialization.method} in ${target}\n`);
      if (recorded !== null) out.write(`  entry ${recorded.entry} of the log, ${recorded.recorded}\n`);
    }
    return EXIT.ok;
  },
};

async function record(signed: SignedStatement, invocation: Invocation): Promise<{ entry: number; recorded: string }> {
  const { recordAttestation } = await import('./attest-record.ts');
  return recordAttestation(signed, invocation);
}

async function seal(path: string, target: string, invocation: Invocation): Promise<ModelManifest> {
  const { values, out } = invocation;
  const { sealModel } = await import('../source/model-files.ts');
  const { VerifyCache } = await import('../source/verify-cache.ts');
  const { realpathSync } = await import('node:fs');
  let root: string;
  try {
    root = realpathSync(path);
  } catch {
    throw new CommandError(`There is no ${path}.`, 'Check the path.', EXIT.no);
  }
  const own = within(root, target);
  const ignored = stringsOf(invocation, 'ignore-paths').map((each) => {
    const inside = within(root, each);
    if (inside === null) throw new UsageError(`--ignore-paths ${each} does not lie in ${path}.`);
    return inside;
  });
  const excluded = stringsOf(invocation, 'exclude').map((each) => {
    const inside = within(root, each) ?? each.replace(/\/+$/, '');
    return each.endsWith('/') ? `${inside}/` : inside;
  });
  const manifest = await sealModel(root, {
    serialization: {
      ...methodOf(invocation),
      allowSymlinks: values['allow-symlinks'] === true,
      ignorePaths: [
        ...new Set([
          ...(values['no-ignore-git-paths'] === true ? [] : GIT_PATHS),
          ...ignored,
          ...excluded.map((each) => each.replace(/\/$/, '')),
          ...(own === null ? [] : [own]),
        ]),
      ].sort(),
    },
    excluded: [...excluded, ...(own === null ? [] : [own])],
    cache: values['full'] === true ? null : VerifyCache.open(root),
    now: Date.now,
    onProgress: (done, of) => out.progress(`Hashed ${Math.round(done / 1e6)} of ${Math.round(of / 1e6)} MB`),
  });
  out.progress('');
  return values['oms-only'] === true ? { ...manifest, tree: null } : manifest;
}

function methodOf(invocation: Invocation): Pick<Serialization, 'method' | 'hash' | 'shardSize'> {
  const name = stringOf(invocation, 'hash') ?? 'sha256';
  const hash = HASHES.find((each) => each === name);
  if (hash === undefined) throw new UsageError(`--hash takes ${HASHES.join(', ')}, not "${name}".`);
  const size = numberOf(invocation, 'shard-size', 1, Number.MAX_SAFE_INTEGER);
  const isSharded = invocation.values['shards'] === true || size !== undefined;
  return { hash, method: isSharded ? 'shards' : 'files', shardSize: isSharded ? (size ?? SHARD_SIZE) : null };
}
