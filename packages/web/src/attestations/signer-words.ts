/** Who signed, as far as anybody vouches for it, and the commands that verify it again. */
import type { AttestationDetail, Signer } from '../api/answers.ts';
import { quoted } from '../text/command-line.ts';
import { shortDigest } from '../text/wording.ts';

/** `nightly@bank.example`, or the key where nobody vouches for a name. */
export const signerName = ({ identity, keyId }: Signer): string => identity ?? `key ${shortDigest(keyId)}`;

/** What stands behind the name. */
export function signerBacking({ how, issuer }: Signer): string {
  if (how === 'keys') return 'by a key; nobody vouches for whose it is';
  const by = issuer === null ? '' : ` of ${issuer}`;
  return how === 'certificates' ? `by a certificate${by}` : `keyless, by an identity${by}`;
}

const KINDS: Readonly<Record<string, string>> = {
  model: 'signature over files',
  slsa: 'SLSA provenance',
  vsa: 'SLSA verification summary',
  spdx: 'SPDX bill of materials',
  cyclonedx: 'CycloneDX bill of materials',
  'test-result': 'test result',
  link: 'in-toto link of a step',
};

/** The kind of a statement, or its type where it is none we know. */
export function kindWords({ kind, predicateType }: { readonly kind: string | null; readonly predicateType: string }) {
  if (kind !== null) return KINDS[kind] ?? kind;
  return /\/dataset-manifest\/v\d+$/.test(predicateType) ? 'dataset manifest' : predicateType;
}

export const bundleFile = (entry: number): string => `entry-${entry}.sigstore.json`;

/** What to run beside the downloaded bundle. What only the reader has, a root or a key, is a file to put there. */
export function verifyCommand(detail: AttestationDetail): string {
  const file = bundleFile(detail.entry);
  const trust = trustOf(detail.signers[0]);
  if (detail.kind !== 'model') return `custody attest verify ${file}${trust} --recorded`;
  const { name } = subjectsOf(detail)[0] ?? { name: '.' };
  return `custody verify ${quoted(name === '.' ? './FILE' : `./${name}`)} --signature ${file}${trust} --recorded`;
}

function trustOf(signer: Signer | undefined): string {
  if (!signer || signer.how === 'keys') return ' --public-key key.pub';
  const identity = signer.identity === null ? '' : ` --identity ${quoted(signer.identity)}`;
  if (signer.how === 'certificates') return ` --certificate-chain root.pem${identity}`;
  return `${identity}${signer.issuer === null ? '' : ` --issuer ${quoted(signer.issuer)}`}`;
}

/** What the reader has to bring for the command. */
export function broughtFor({ kind, signers: [signer] }: AttestationDetail): string {
  const copy = kind === 'model' ? ' Your copy of what was signed lies beside it.' : '';
  if (!signer || signer.how === 'keys') {
    return `Bring key.pub, the public key that you know to be the signer’s.${copy}`;
  }
  return signer.how === 'certificates' ? `Bring root.pem, the root that you trust.${copy}` : copy.trim();
}

export interface Subject {
  readonly name: string;
  readonly digests: readonly string[];
}

/** What a statement is about, by name and digest; of a statement from a stranger only what has the right form. */
export function subjectsOf({ statementContent }: Pick<AttestationDetail, 'statementContent'>): readonly Subject[] {
  const list = statementContent?.['subject'];
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((item): Subject[] => {
    if (!isObject(item)) return [];
    const digest = isObject(item['digest']) ? Object.entries(item['digest']) : [];
    const name = item['name'];
    return [{ name: typeof name === 'string' ? name : '', digests: digest.map(([by, hex]) => `${by}:${said(hex)}`) }];
  });
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON value as text. Never by its own `toString`, which a stranger may have put there. */
export function said(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}
