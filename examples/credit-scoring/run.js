#!/usr/bin/env node
// Compiled by `tsc -b`; see src/cli.ts for what it does.
import { main } from './dist/cli.js';

process.exitCode = await main(process.argv.slice(2));
