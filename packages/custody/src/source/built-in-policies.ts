/** Policies and rules that come with Custody: beside the built files, and while developing at the root of the project. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function builtInPolicies(name: string): string {
  const beside = fileURLToPath(new URL(`../policies/${name}`, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../../../policies/${name}`, import.meta.url));
}
