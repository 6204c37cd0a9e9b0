#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(fileURLToPath(main))) {
  process.exitCode = await (await import(main.href)).main(process.argv.slice(2));
} else {
  console.error('custody: the program is not built yet.\nRun `npm run build` in the folder of the repository.');
  process.exitCode = 3;
}
