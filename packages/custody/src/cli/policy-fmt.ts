import { writeFile } from 'node:fs/promises';
import { formatPolicy, RegoError } from '../gate/rego/index.ts';
import { CommandError, EXIT, UsageError, type Command } from './command.ts';
import { loadPaths } from './policy-files.ts';
import { readText } from './case-file.ts';

export const policyFmt: Command = {
  name: 'policy fmt',
  arguments: 'FILE.rego|FOLDER...',
  summary: 'lay Rego policies out as opa fmt does',
  example: 'custody policy fmt --check policies/',
  details:
    'Prints the text. --check only names the files that would change, with exit code 1; --write changes them. - is standard input.',
  options: {
    check: { type: 'boolean', help: 'name the files that are laid out otherwise' },
    write: { type: 'boolean', short: 'w', help: 'change the files' },
  },
  async run({ positionals, values, out }) {
    if (positionals.length === 0) throw new UsageError('Name at least one file or folder.');
    if (values['check'] === true && values['write'] === true)
      throw new UsageError('--check changes nothing, --write does.');
    try {
      const files = positionals[0] === '-' ? { '-': await readText('-') } : (await loadPaths(positionals)).modules;
      const changed: string[] = [];
      for (const [file, text] of Object.entries(files)) {
        const laid = formatPolicy(text, file);
        if (laid !== text) changed.push(file);
        if (values['write'] === true && laid !== text && file !== '-') await writeFile(file, laid);
        if (values['check'] !== true && values['write'] !== true && !out.json) out.write(laid);
      }
      if (out.json) out.write(`${JSON.stringify({ files: Object.keys(files).length, changed })}\n`);
      else if (values['check'] === true || values['write'] === true) {
        for (const file of changed) out.write(`${file}\n`);
        out.note(
          `${changed.length} of ${Object.keys(files).length} files ${values['write'] === true ? 'changed' : 'would change'}`,
        );
      }
      return values['check'] === true && changed.length > 0 ? EXIT.no : EXIT.ok;
    } catch (error) {
      if (error instanceof RegoError) throw new CommandError(error.format(), error.remedy, EXIT.no);
      throw error;
    }
  },
};
