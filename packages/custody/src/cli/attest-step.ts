import { formatStatement, type Resource } from '../attest/statement.ts';
import { predicateTypeOf } from '../attest/predicate.ts';
import { EXIT, stringOf, stringsOf, UsageError, type Command } from './command.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { KEY_OPTIONS, KEYLESS_OPTIONS, signStatement } from './signing-key.ts';

export const attestStep: Command = {
  name: 'attest step',
  arguments: 'NAME',
  summary: 'sign what a step of a pipeline took in and put out (an in-toto link)',
  example: 'custody attest step clean --consumes raw --produces clean --key key.pem --out clean.link.json',
  details: 'Files are named by their path from here. `custody attest layout` checks the steps of a pipeline together.',
  options: {
    consumes: {
      type: 'string',
      value: 'PATH',
      multiple: true,
      help: 'file or folder that the step read; may be repeated',
    },
    produces: { type: 'string', value: 'PATH', multiple: true, help: 'file or folder that it wrote; may be repeated' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'where the bundle goes (default NAME.link.json)' },
    ...KEY_OPTIONS,
    ...KEYLESS_OPTIONS,
    record: { type: 'boolean', help: 'record it in the log' },
    asset: { type: 'string', value: 'ID', help: 'with --record: the asset it is of' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    const [name, ...more] = positionals;
    const produces = stringsOf(invocation, 'produces');
    if (name === undefined || more.length > 0 || produces.length === 0)
      throw new UsageError('Name one step, and what it wrote with --produces.');
    const { filesAt } = await import('../source/artifact.ts');
    const all = async (paths: readonly string[]): Promise<Resource[]> => (await Promise.all(paths.map(filesAt))).flat();
    const [materials, subject] = [await all(stringsOf(invocation, 'consumes')), await all(produces)];
    const predicate = { name, materials };
    const signed = await signStatement(
      formatStatement({ subject, predicateType: predicateTypeOf('link'), predicate }),
      invocation,
    );
    const path = stringOf(invocation, 'out') ?? `${name}.link.json`;
    await (await import('../source/text-file.ts')).replaceTextFile(path, signed.bundle);
    const recorded =
      values['record'] === true
        ? await (await import('./attest-record.ts')).recordAttestation(signed, invocation)
        : null;
    const entry = recorded?.entry ?? null;
    if (out.json)
      out.write(
        `${JSON.stringify({ step: name, link: path, materials: materials.length, products: subject.length, entry })}\n`,
      );
    else
      out.write(
        `SIGNED  step ${name}: ${materials.length} in, ${subject.length} out\n  ${path}${entry === null ? '' : `\n  entry ${entry} of the log`}\n`,
      );
    return EXIT.ok;
  },
};
