import { checkPredicate, predicateTypeOf } from '../attest/predicate.ts';
import { formatStatement, parseStatement } from '../attest/statement.ts';
import { parseStrictJson, Shape } from '../attest/strict-json.ts';
import { EXIT, stringOf, UsageError, type Command } from './command.ts';
import { bytesOf } from './named-path.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { KEY_OPTIONS, KEYLESS_OPTIONS, signStatement } from './signing-key.ts';

const PREDICATE_BYTES_MAX = 48_000_000;

export const attest: Command = {
  name: 'attest',
  arguments: 'SUBJECT...',
  summary: 'sign a statement about artifacts (in-toto: SLSA, SPDX, CycloneDX, test results, or your own)',
  example: 'custody attest model.bin --type test-result --predicate results.json --key key.pem --out model.att.json',
  details:
    'A SUBJECT is a file, a folder (by the digest that `custody sign` gives it), or NAME@sha256:HEX.\n' +
    '--type is a URI, or slsa, vsa, spdx, cyclonedx, test-result, link; what is known of a type is checked before it is signed.',
  options: {
    type: { type: 'string', value: 'TYPE', help: 'type of the predicate: a URI or a short name' },
    predicate: { type: 'string', value: 'FILE', help: 'the predicate (JSON)' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'where the bundle goes (default standard output)' },
    ...KEY_OPTIONS,
    ...KEYLESS_OPTIONS,
    'dry-run': { type: 'boolean', help: 'print the statement and sign nothing' },
    record: { type: 'boolean', help: 'record it in the log' },
    asset: { type: 'string', value: 'ID', help: 'with --record: the asset it is of, such as dataset:NAMESPACE:NAME' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    const [type, file] = [stringOf(invocation, 'type'), stringOf(invocation, 'predicate')];
    if (positionals.length === 0 || type === undefined || file === undefined)
      throw new UsageError('Name what it is about, and --type and --predicate.');
    const { artifactOf } = await import('../source/artifact.ts');
    const subject = await Promise.all(positionals.map(artifactOf));
    const predicate = new Shape('predicate', file).object(
      parseStrictJson(bytesOf(file, 'predicate'), 'predicate', file, PREDICATE_BYTES_MAX),
      'it',
    );
    const text = formatStatement({ subject, predicateType: predicateTypeOf(type), predicate });
    checkPredicate(parseStatement(Buffer.from(text)));
    if (values['dry-run'] === true) {
      out.write(`${text}\n`);
      return EXIT.ok;
    }
    const signed = await signStatement(text, invocation);
    const path = stringOf(invocation, 'out');
    if (path === undefined) out.write(`${signed.bundle}\n`);
    else await (await import('../source/text-file.ts')).replaceTextFile(path, signed.bundle);
    if (values['record'] !== true) return EXIT.ok;
    const { recordAttestation } = await import('./attest-record.ts');
    const { entry, recorded } = await recordAttestation(signed, invocation);
    out.note(`entry ${entry} of the log, ${recorded}`);
    return EXIT.ok;
  },
};
