import { AttestError } from '../attest/attest-error.ts';
import { bundleOf, type Bundle } from '../attest/bundle.ts';
import { ENVELOPE_BYTES_MAX, envelopeOf } from '../attest/dsse.ts';
import { checkPredicate, predicateTypeOf } from '../attest/predicate.ts';
import { requireSubject, statementIn } from '../attest/statement.ts';
import { isObject, parseStrictJson } from '../attest/strict-json.ts';
import { verifySigner } from '../attest/trust.ts';
import { EXIT, numberOf, stringOf, stringsOf, UsageError, type Command, type Invocation } from './command.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { bytesOf } from './named-path.ts';
import { TRUST_OPTIONS, trustOf } from './trusted-signer.ts';
import { sayRefused } from './verify.ts';

export const attestVerify: Command = {
  name: 'attest verify',
  arguments: 'FILE',
  summary: 'verify an attestation: signature, type, and what it is about',
  example: 'custody attest verify model.att.json --public-key key.pub --subject model.bin --type slsa',
  details:
    'Reads Sigstore bundles and bare DSSE envelopes, from whichever program. Without --subject it says what is signed, and not that it\n' +
    'is about anything here. Exit code 1 where it is refused, with one cause.',
  options: {
    ...TRUST_OPTIONS,
    subject: {
      type: 'string',
      value: 'SUBJECT',
      multiple: true,
      help: 'it must be about this: a path or NAME@sha256:HEX',
    },
    type: { type: 'string', value: 'TYPE', help: 'the type it must be of: a URI or a short name' },
    recorded: { type: 'boolean', help: 'it must be in the log: show its entry and check the proof' },
    'max-bytes': { type: 'string', value: 'N', help: `size that is read (default ${ENVELOPE_BYTES_MAX})` },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsageError('Name one attestation.');
    try {
      const bundle = readAttestation(path, numberOf(invocation, 'max-bytes', 1, 2_000_000_000) ?? ENVELOPE_BYTES_MAX);
      const recorded =
        invocation.values['recorded'] === true
          ? await (await import('./attest-record.ts')).recordedEntry(bundle, invocation)
          : null;
      const signer = await verifySigner(bundle, await trustOf(invocation, recorded && Date.parse(recorded.recorded)));
      const statement = statementIn(bundle.envelope);
      const kind = checkPredicate(statement);
      requireType(statement.predicateType, invocation);
      const { artifactOf } = await import('../source/artifact.ts');
      for (const subject of stringsOf(invocation, 'subject'))
        requireSubject(statement, (await artifactOf(subject)).digest);
      const { subject, predicateType } = statement;
      if (out.json)
        out.write(`${JSON.stringify({ verified: true, predicateType, kind, subject, signer, recorded })}\n`);
      else {
        out.write(`VERIFIED  ${path}\n  ${kind ?? 'a type not known here'}: ${predicateType}\n`);
        out.write(
          `  signed by ${signer.identity ?? `key ${signer.keyId}`}${signer.issuer === null ? '' : `, vouched for by ${signer.issuer}`}\n`,
        );
        for (const { name, uri, digest } of subject.slice(0, 10))
          out.write(
            `  about ${name || (uri ?? '-')}  ${Object.entries(digest)
              .map(([algorithm, hex]) => `${algorithm}:${hex}`)
              .join(' ')}\n`,
          );
        if (subject.length > 10) out.write(`  and ${subject.length - 10} more\n`);
        if (recorded !== null)
          out.write(
            `  in the log as entry ${recorded.entry}, recorded ${recorded.recorded}; the proof holds under ${recorded.origin}\n`,
          );
      }
      return EXIT.ok;
    } catch (error) {
      if (!(error instanceof AttestError)) throw error;
      sayRefused(out, path, error.refusal);
      return EXIT.no;
    }
  },
};

/** A bundle, or a bare envelope as one. Throws CommandError, AttestError. */
export function readAttestation(path: string, maxBytes = ENVELOPE_BYTES_MAX): Bundle {
  const value = parseStrictJson(bytesOf(path, 'attestation'), 'bundle', 'the attestation', maxBytes);
  if (isObject(value) && value['mediaType'] === undefined && value['payload'] !== undefined)
    return { envelope: envelopeOf(value), material: { kind: 'key', hint: '' }, logEntries: 0, json: value };
  return bundleOf(value);
}

function requireType(type: string, invocation: Invocation): void {
  const wanted = stringOf(invocation, 'type');
  if (wanted === undefined) return;
  const full = predicateTypeOf(wanted);
  // A short name means any version of the type.
  const family = (text: string) => text.replace(/\/v[\d.]+$/, '');
  if (type === full || (full !== wanted && family(type) === family(full))) return;
  throw new AttestError(
    'predicate',
    'predicate-type',
    `it is of the type ${type}, not ${wanted}`,
    'It is signed, and says something else than was asked for.',
  );
}
