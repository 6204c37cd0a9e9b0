import { answerCases, readText } from './case-file.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Exit, type Invocation } from './command.ts';

export const policyEval: Command = {
  name: 'policy eval',
  arguments: '[QUERY FILE|FOLDER...]',
  summary: 'ask Rego policies a question, without a server',
  example: "custody policy eval 'data.access.allow' access.rego --data data.json --input request.json",
  details:
    'A path such as data.access.allow answers with its value, any other query with one line of bindings a solution; undefined is exit code 1. ' +
    '--cases takes OPA conformance cases, one a line, and writes one result a line to --out.',
  options: {
    data: { type: 'string', value: 'FILE', help: 'base documents: JSON, YAML or a folder of them' },
    bundle: { type: 'string', short: 'b', value: 'PATH', help: 'a bundle: a folder or a .tar.gz' },
    input: { type: 'string', value: 'FILE', help: 'the input, JSON; - is standard input' },
    cases: { type: 'string', value: 'FILE', help: 'evaluate many cases at once' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'where their results go' },
  },
  async run(invocation) {
    const { RegoError, runCaseLine } = await import('../gate/rego/index.ts'); // only here: other commands need no engine
    const cases = stringOf(invocation, 'cases');
    if (cases !== undefined) return answerCases(cases, stringOf(invocation, 'out'), invocation.out, runCaseLine);
    const [query, ...files] = invocation.positionals;
    if (query === undefined || (files.length === 0 && stringOf(invocation, 'bundle') === undefined))
      throw new UsageError('Give a query and at least one policy file, folder or --bundle.');
    try {
      return await ask(query, files, invocation);
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
      throw new CommandError(error.format(), error.remedy, EXIT.no);
    }
  },
};

async function ask(query: string, files: readonly string[], invocation: Invocation): Promise<Exit> {
  const { compile, laidAt } = await import('../gate/rego/index.ts');
  const { out } = invocation;
  const dataFile = stringOf(invocation, 'data');
  const bundlePath = stringOf(invocation, 'bundle');
  const inputFile = stringOf(invocation, 'input');
  const { loadBundle, loadPaths } = await import('./policy-files.ts');
  const loaded = await loadPaths(dataFile === undefined ? files : [...files, dataFile]);
  const bundle = bundlePath === undefined ? null : await loadBundle(bundlePath);
  const policy = compile({
    modules: { ...bundle?.modules, ...loaded.modules },
    data: bundle === null ? loaded.data : laidAt(bundle.data, [], loaded.data, dataFile ?? ''),
  });
  const input = inputFile === undefined ? undefined : await json(inputFile);
  if (/^data(\.[A-Za-z_]\w*)*$/.test(query)) {
    const value = policy.evaluate(query, input);
    if (value !== undefined) out.write(`${JSON.stringify(value, null, out.json ? undefined : 2)}\n`);
    else out.note('undefined');
    return value === undefined ? EXIT.no : EXIT.ok;
  }
  const solutions = policy.query(query, input === undefined ? {} : { input });
  if (out.json) out.write(`${JSON.stringify(solutions)}\n`);
  else for (const bindings of solutions) out.write(`${JSON.stringify(bindings)}\n`);
  if (solutions.length === 0 && !out.json) out.note('undefined');
  return solutions.length === 0 ? EXIT.no : EXIT.ok;
}

async function json(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${(error as Error).message}.`, 'Check the file.', EXIT.no);
  }
}
