/** Secrets in what `git log -p` shows of every commit: lines that were added, by file. */
import type { SecretsFacts } from './secrets.ts';
import { secretsIn } from './secrets.ts';

const LINES_MAX = 100_000;

/** Facts of each file of each commit in which something was found; the path says the commit. */
export function historyFactsOf(log: string): SecretsFacts[] {
  const found: SecretsFacts[] = [];
  let commit = '';
  let file: string | null = null;
  let line = 0;
  let added: string[] = [];
  let numbers: number[] = [];
  const flush = () => {
    if (file !== null && added.length > 0) {
      const facts = secretsIn(`${file}@${commit.slice(0, 12)}`, added.join('\n'));
      if (facts.secrets.length > 0)
        found.push({
          ...facts,
          secrets: facts.secrets.map((one) => ({ ...one, line: numbers[one.line - 1] ?? one.line })),
        });
    }
    added = [];
    numbers = [];
  };
  let isHunk = false;
  for (const text of log.split('\n')) {
    if (/^commit [0-9a-f]{40,64}$/.test(text)) {
      flush();
      commit = text.slice(7);
      file = null;
      isHunk = false;
    } else if (text.startsWith('diff --git ')) {
      flush();
      file = null;
      isHunk = false;
    } else if (!isHunk && text.startsWith('+++ ')) {
      file =
        text === '+++ /dev/null'
          ? null
          : text
              .slice(4)
              .replace(/^"?b\//, '')
              .replace(/"$/, '');
    } else if (text.startsWith('@@ ')) {
      isHunk = true;
      line = Number(/\+(\d+)/.exec(text)?.[1] ?? 1);
    } else if (isHunk && text.startsWith('+') && added.length < LINES_MAX) {
      added.push(text.slice(1));
      numbers.push(line++);
    }
  }
  flush();
  return found;
}
