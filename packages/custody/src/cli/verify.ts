import { realpathSync } from 'node:fs';
import { AttestError, type AttestCause } from '../attest/attest-error.ts';
import { parseBundle, type Bundle } from '../attest/bundle.ts';
import { ENVELOPE_BYTES_MAX } from '../attest/dsse.ts';
import { manifestOf, type ModelManifest } from '../attest/model-manifest.ts';
import { statementIn } from '../attest/statement.ts';
import { verifySigner, type SignedBy } from '../attest/trust.ts';
import { compareModel, type FolderReport } from '../source/model-files.ts';
import { requireNone, type Difference } from '../attest/model-differences.ts';
import { VerifyCache } from '../source/verify-cache.ts';
import {
  EXIT,
  numberOf,
  stringOf,
  stringsOf,
  UsageError,
  type Command,
  type Invocation,
  type Output,
} from './command.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { bytesOf, within } from './named-path.ts';
import { TRUST_OPTIONS, trustOf } from './trusted-signer.ts';
import type { RecordedEntry } from './attest-record.ts';

export const verify: Command = {
  name: 'verify',
  arguments: 'PATH',
  summary: 'verify that a model or dataset is what was signed, and by whom (OpenSSF Model Signing)',
  example: 'custody verify ./credit-model --signature credit-model.sig --public-key key.pub',
  details:
    'Reads signatures of `custody sign` and of `model_signing`. A refusal names one cause, the step and the file; exit code 1.\n' +
    'Files that did not change since they were verified last are not read again (size, times, inode); --full reads them.',
  options: {
    signature: { type: 'string', value: 'FILE', help: 'the signature (default PATH.sig)' },
    ...TRUST_OPTIONS,
    'ignore-paths': { type: 'string', value: 'PATH', multiple: true, help: 'do not look there; may be repeated' },
    'ignore-unsigned-files': { type: 'boolean', help: 'let further files lie there' },
    'oms-only': { type: 'boolean', help: 'check what OpenSSF Model Signing checks, no modes, links or ignored paths' },
    full: { type: 'boolean', help: 'read every file' },
    recorded: { type: 'boolean', help: 'the signature must be in the log: show its entry and check the proof' },
    'max-bytes': {
      type: 'string',
      value: 'N',
      help: `size of a signature that is read (default ${ENVELOPE_BYTES_MAX})`,
    },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsageError('Name one folder or file.');
    const signature = stringOf(invocation, 'signature') ?? `${path.replace(/\/+$/, '')}.sig`;
    const maxBytes = numberOf(invocation, 'max-bytes', 1, 2_000_000_000) ?? ENVELOPE_BYTES_MAX;
    const bytes = bytesOf(signature, 'signature');
    let differences: readonly Difference[] = [];
    try {
      const bundle = parseBundle(bytes, maxBytes);
      const recorded = invocation.values['recorded'] === true ? await recordOf(bundle, invocation) : null;
      const signer = await verifySigner(bundle, await trustOf(invocation, recorded && Date.parse(recorded.recorded)));
      const manifest = manifestOf(statementIn(bundle.envelope));
      const checked = await check(path, signature, manifest, invocation);
      ({ differences } = checked);
      requireNone(differences, checked.report.files);
      sayVerified(out, { manifest, signer, recorded, report: checked.report });
      return EXIT.ok;
    } catch (error) {
      out.progress('');
      if (!(error instanceof AttestError)) throw error;
      sayRefused(out, path, error.refusal, differences);
      return EXIT.no;
    }
  },
};

async function recordOf(bundle: Bundle, invocation: Invocation): Promise<RecordedEntry> {
  const { recordedEntry } = await import('./attest-record.ts');
  return recordedEntry(bundle, invocation);
}

async function check(path: string, signature: string, manifest: ModelManifest, invocation: Invocation) {
  const { out, values } = invocation;
  let root = path;
  try {
    root = realpathSync(path);
  } catch {
    // the listing says so
  }
  const ignored = stringsOf(invocation, 'ignore-paths').flatMap((each) => within(root, each) ?? []);
  const checked = await compareModel(
    root,
    manifest,
    {
      omsOnly: values['oms-only'] === true,
      allowUnsigned: values['ignore-unsigned-files'] === true,
      ignored,
      signature: within(root, realpathSync(signature)),
    },
    {
      cache: values['full'] === true ? null : VerifyCache.open(root),
      now: Date.now,
      onProgress: (done, of) => out.progress(`Hashed ${Math.round(done / 1e6)} of ${Math.round(of / 1e6)} MB`),
    },
  );
  out.progress('');
  return checked;
}

interface Verified {
  readonly manifest: ModelManifest;
  readonly signer: SignedBy;
  readonly recorded: RecordedEntry | null;
  readonly report: FolderReport;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

function sayVerified(out: Output, { manifest, signer, recorded, report }: Verified): void {
  const { name, root, tree } = manifest;
  if (out.json) {
    out.write(
      `${JSON.stringify({ verified: true, name, root, tree: tree?.sha256 ?? null, signer, recorded, ...report })}\n`,
    );
    return;
  }
  out.write(
    `VERIFIED  ${name}\n  signed by ${signer.identity ?? `key ${signer.keyId}`}${signer.issuer === null ? '' : `, vouched for by ${signer.issuer}`}\n`,
  );
  out.write(
    `  ${report.files} files, ${megabytes(report.bytes)}: ${megabytes(report.hashedBytes)} read, ${megabytes(report.cachedBytes)} unchanged since they were verified\n`,
  );
  if (recorded !== null)
    out.write(
      `  in the log as entry ${recorded.entry}, recorded ${recorded.recorded}; the proof holds under ${recorded.origin}\n`,
    );
  if (tree === null) out.write('  signed by another program: modes, links and ignored paths are not covered\n');
  const { uncovered } = report;
  if (uncovered.length > 0)
    out.write(
      `  not covered by the signature: ${uncovered.slice(0, 5).join(', ')}${uncovered.length > 5 ? ` and ${uncovered.length - 5} more` : ''}\n`,
    );
}

const LISTED = 100;

export function sayRefused(
  out: Output,
  what: string,
  cause: AttestCause,
  differences: readonly Difference[] = [],
): void {
  if (out.json) {
    const more = differences.length > 1 && { differences: differences.slice(0, LISTED), total: differences.length };
    out.write(`${JSON.stringify({ verified: false, cause, ...more })}\n`);
  } else
    out.write(`REFUSED  ${what}\n  ${cause.message}\n  step ${cause.step}, cause ${cause.code}\n  ${cause.remedy}\n`);
}
