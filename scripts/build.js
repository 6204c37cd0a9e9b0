// Builds everything that `npx custody` and `npm start` need. Runs from npm's `prepare`, so that `npm ci` alone is enough.
// Without the development tools (`npm ci --omit=dev`) there is nothing to build with: what was built before is kept.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (title, entry, args, cwd = root) => {
  const script = `${root}node_modules/${entry}`;
  if (!existsSync(script)) {
    console.log(`build: ${title} skipped, ${entry} is not installed`);
    return false;
  }
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  return true;
};

run('TypeScript', 'typescript/bin/tsc', ['-b']);
// The policies go with the package: `custody check` runs its rules from there, the example publishes one.
const rules = `${root}packages/custody/dist/policies`;
rmSync(rules, { recursive: true, force: true });
cpSync(`${root}policies`, rules, { recursive: true });

// The scanner's walk in WebAssembly. It is a module that holds its bytes, so that whatever loads the scanner reads no file.
const built = `${root}packages/custody/dist/producers/scan`;
const wasm = `${built}/walk.wasm`;
const walk = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--initialMemory', '80'];
if (
  run('WebAssembly', 'assemblyscript/bin/asc.js', [`${root}packages/custody/assembly/walk.ts`, '-o', wasm, ...walk])
) {
  writeFileSync(`${built}/walk-code.js`, `export const code =\n  '${readFileSync(wasm).toString('base64')}';\n`);
}

if (existsSync(`${root}packages/web/vite.config.ts`)) {
  run('web pages', 'vite/bin/vite.js', ['build', '--logLevel', 'warn'], `${root}packages/web`);
}
