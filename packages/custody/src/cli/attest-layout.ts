import { AttestError } from '../attest/attest-error.ts';
import { parseLayout, verifyLayout } from '../attest/layout.ts';
import { parseStrictJson } from '../attest/strict-json.ts';
import { readAttestation } from './attest-verify.ts';
import { CommandError, EXIT, stringOf, stringsOf, UsageError, type Command } from './command.ts';
import { bytesOf } from './named-path.ts';
import { sayRefused } from './verify.ts';

const LAYOUT_BYTES_MAX = 1_000_000;

export const attestLayout: Command = {
  name: 'attest layout',
  arguments: 'LAYOUT LINK...',
  summary: 'check the signed steps of a pipeline: who signed, what each took in and put out',
  example: 'custody attest layout layout.yaml *.link.json --artifact model.bin',
  details:
    'LAYOUT is YAML or JSON (docs/signing.md). Links are in-toto links, also those of `in-toto-run --use-dsse`, or SLSA provenance.',
  options: {
    artifact: {
      type: 'string',
      value: 'SUBJECT',
      multiple: true,
      help: 'what the last step must have put out: a path or NAME@sha256:HEX',
    },
    'trusted-root': { type: 'string', value: 'FILE', help: "Sigstore's trusted_root.json, for signers without roots" },
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [path, ...files] = positionals;
    if (path === undefined || files.length === 0) throw new UsageError('Name a layout and the links of its steps.');
    try {
      const layout = parseLayout(await layoutValue(path));
      const root = stringOf(invocation, 'trusted-root');
      const { artifactOf } = await import('../source/artifact.ts');
      const steps = await verifyLayout(
        layout,
        files.map((file) => ({ file, bundle: readAttestation(file) })),
        {
          now: Date.now(),
          trustedRoot:
            root === undefined ? null : parseStrictJson(bytesOf(root, 'trusted root'), 'key', root, 10_000_000),
          artifacts: await Promise.all(stringsOf(invocation, 'artifact').map(artifactOf)),
        },
      );
      if (out.json) out.write(`${JSON.stringify({ verified: true, steps })}\n`);
      else {
        out.write(`VERIFIED  ${steps.length} steps of ${path}\n`);
        for (const { step, signers, materials, products } of steps)
          out.write(`  ${step.padEnd(20)} ${materials} in, ${products} out, signed by ${signers.join(', ')}\n`);
      }
      return EXIT.ok;
    } catch (error) {
      if (!(error instanceof AttestError)) throw error;
      sayRefused(out, path, error.refusal);
      return EXIT.no;
    }
  },
};

async function layoutValue(path: string): Promise<unknown> {
  const bytes = bytesOf(path, 'layout');
  if (path.endsWith('.json')) return parseStrictJson(bytes, 'layout', path, LAYOUT_BYTES_MAX);
  if (bytes.length > LAYOUT_BYTES_MAX)
    throw new AttestError(
      'layout',
      'too-large',
      `${path} has ${bytes.length} bytes`,
      `At most ${LAYOUT_BYTES_MAX} are read.`,
    );
  const { parseYaml, toJs, YamlSyntaxError } = await import('../gate/rego/index.ts');
  try {
    return toJs(parseYaml(bytes.toString('utf8')));
  } catch (error) {
    if (error instanceof YamlSyntaxError)
      throw new CommandError(`The layout ${path} is no YAML: ${error.message}.`, 'Correct it.', EXIT.no);
    throw error;
  }
}
