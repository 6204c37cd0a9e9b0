/** The names and texts that stand in policies. What a policy spells itself is not personal data of those it decides on. */
import type { Module } from './ast.ts';

const TEXT_MAX = 60;

export function vocabularyOf(modules: readonly Module[]): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { kind, value } = node as { kind?: string; value?: unknown };
    if (kind === 'value') {
      if (typeof value === 'string' && value.length <= TEXT_MAX) words.add(value);
      return;
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'place' && key !== 'written') visit(child);
  };
  for (const module of modules) visit(module.rules);
  return words;
}
