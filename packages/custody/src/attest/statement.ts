/** in-toto Statement v1: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
import { AttestError, shown } from './attest-error.ts';
import { ENVELOPE_BYTES_MAX, IN_TOTO_PAYLOAD, type DsseEnvelope } from './dsse.ts';
import { parseStrictJson, Shape, type JsonObject } from './strict-json.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** Same members, of which only the type differs; still widely made. */
const STATEMENT_TYPES = [STATEMENT_TYPE, 'https://in-toto.io/Statement/v0.1'];
const SUBJECTS_MAX = 100_000;

/** Lower-case hex by algorithm, such as `sha256`. */
export type DigestSet = Readonly<Record<string, string>>;

/** https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md, as far as it is used here. */
export interface Resource {
  readonly name: string;
  readonly uri?: string;
  readonly digest: DigestSet;
}

export interface Statement {
  readonly subject: readonly Resource[];
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

const shape = new Shape('statement', 'the statement');

/** The statement in an envelope whose signature was checked. Throws AttestError. */
export function statementIn({ payloadType, payload }: DsseEnvelope): Statement {
  if (payloadType !== IN_TOTO_PAYLOAD)
    throw new AttestError(
      'statement',
      'payload-type',
      `what was signed is of the type ${JSON.stringify(payloadType.slice(0, 100))}, not an in-toto statement`,
      `An in-toto statement has the payload type ${IN_TOTO_PAYLOAD}.`,
    );
  return parseStatement(payload);
}

/** Throws AttestError. */
export function parseStatement(bytes: Uint8Array): Statement {
  const value = shape.object(parseStrictJson(bytes, 'statement', 'the statement', ENVELOPE_BYTES_MAX), 'it');
  const type = shape.string(value['_type'], '_type');
  if (!STATEMENT_TYPES.includes(type))
    throw new AttestError(
      'statement',
      'statement-type',
      `the payload says to be ${JSON.stringify(type.slice(0, 100))}, not an in-toto statement`,
      `What is read is ${STATEMENT_TYPE}.`,
    );
  const subject = shape
    .array(value['subject'], 'subject', SUBJECTS_MAX)
    .map((each, i) => resourceOf(each, `subject[${i}]`, shape));
  if (subject.length === 0) throw shape.wrong('subject', 'a list with an artifact');
  const predicate = value['predicate'];
  return {
    subject,
    predicateType: shape.string(value['predicateType'], 'predicateType'),
    predicate: predicate === undefined || predicate === null ? {} : shape.object(predicate, 'predicate'),
  };
}

/** An artifact with at least one digest, which is what makes it one artifact and not a name. Throws AttestError. */
export function resourceOf(value: unknown, path: string, reader: Shape): Resource {
  const each = reader.object(value, path);
  const name = each['name'];
  const uri = each['uri'];
  const digest = reader.object(each['digest'], `${path}.digest`);
  const entries = Object.entries(digest).map(([algorithm, hex]) => [
    algorithm,
    hexOf(hex, `${path}.digest.${shown(algorithm)}`, reader),
  ]);
  if (entries.length === 0) throw reader.wrong(`${path}.digest`, 'a set with a digest');
  return {
    name: name === undefined || name === null ? '' : reader.string(name, `${path}.name`),
    ...(typeof uri === 'string' && { uri }),
    digest: Object.fromEntries(entries) as DigestSet,
  };
}

const HEX_LENGTH: Readonly<Record<string, number>> = { sha1: 40, gitCommit: 40, sha256: 64, sha384: 96, sha512: 128 };

function hexOf(value: unknown, path: string, reader: Shape): string {
  const text = reader.string(value, path);
  const wanted = HEX_LENGTH[path.slice(path.lastIndexOf('.') + 1)];
  if (
    text === '' ||
    text.length > 256 ||
    (wanted !== undefined && !(text.length === wanted && /^[0-9a-f]+$/.test(text)))
  )
    throw reader.wrong(path, 'a digest in lower-case hex');
  return text;
}

/** JSON text of a statement, as it is signed. */
export const formatStatement = ({ subject, predicateType, predicate }: Statement): string =>
  JSON.stringify({ _type: STATEMENT_TYPE, subject, predicateType, predicate });

/** Whether two sets of digests name the same bytes: what both know agrees, and both know something in common. */
export function isSameArtifact(a: DigestSet, b: DigestSet): boolean {
  const common = Object.keys(a).filter((algorithm) => Object.hasOwn(b, algorithm));
  return common.length > 0 && common.every((algorithm) => a[algorithm] === b[algorithm]);
}

/** The subject with this digest. Throws AttestError `other-subject`: the statement was made for something else. */
export function requireSubject({ subject }: Statement, digest: DigestSet): Resource {
  const found = subject.find((each) => isSameArtifact(each.digest, digest));
  if (found !== undefined) return found;
  const named = subject.slice(0, 3).map(({ name, uri }) => shown(name || (uri ?? 'an artifact without a name')));
  throw new AttestError(
    'subject',
    'other-subject',
    `the statement is about ${named.join(', ')}${subject.length > 3 ? ` and ${subject.length - 3} more` : ''}, which have other digests than this artifact`,
    'It is valid for what it names, and says nothing of what is here.',
    named[0] ?? null,
  );
}
