#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = new URL('../dist/cli.js', import.meta.url);
if (existsSync(fileURLToPath(cli))) {
  process.exitCode = await (await import(cli.href)).main(process.argv.slice(2));
} else {
  console.error('custody-verify: the program is not built yet.\nRun `npm run build` in the folder of the repository.');
  process.exitCode = 2;
}
