/** What the log may say of an input: parts whose names and values the policies spell themselves. */
import { RegoObject, type Value } from './rego/index.ts';

const ITEMS_MAX = 24;
const DEPTH_MAX = 4;

export function summaryOf(input: Value | undefined, vocabulary: ReadonlySet<string>): Record<string, string | boolean> {
  const found: [string, string | boolean][] = [];
  const visit = (value: Value, path: string, depth: number): void => {
    if (found.length >= ITEMS_MAX) return;
    if (typeof value === 'boolean') found.push([path, value]);
    else if (typeof value === 'string') {
      if (vocabulary.has(value)) found.push([path, value]);
    } else if (depth < DEPTH_MAX && value instanceof RegoObject)
      for (const [key, item] of value.entries())
        if (typeof key === 'string' && vocabulary.has(key))
          visit(item, path === '' ? key : `${path}.${key}`, depth + 1);
  };
  if (input instanceof RegoObject) visit(input, '', 0);
  return Object.fromEntries(found);
}
