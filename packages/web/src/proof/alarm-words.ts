/** Alarms in plain language: what was seen, what it can mean, what to do. */
import { figure } from '../text/wording.ts';
import type { LogAlarm } from './log-memory.ts';

interface AlarmWords {
  readonly title: string;
  readonly seen: string;
  readonly means: string;
}

const MEANS =
  'Nothing on these pages can be trusted until it is explained. Keep the evidence, and ask who runs this log.';

export function alarmWords({ kind, before, note }: LogAlarm): AlarmWords {
  const size = Number(note.split('\n')[1] ?? 0);
  const had = before ? figure(before.size) : 'no';
  switch (kind) {
    case 'key-changed':
      return {
        title: 'The log’s key has changed',
        seen: `This browser knows the log by another key than the one the server shows now.`,
        means: `Either this is another log, or somebody signs in its name. ${MEANS}`,
      };
    case 'signature':
      return {
        title: 'The log’s signature is wrong',
        seen: 'The checkpoint is not signed by the log’s key.',
        means: `It was changed after it was signed, or it was never signed by this log. ${MEANS}`,
      };
    case 'origin':
      return {
        title: 'This is the checkpoint of another log',
        seen: 'The checkpoint names another log than the key belongs to.',
        means: MEANS,
      };
    case 'shrunk':
      return {
        title: 'The log has lost entries',
        seen: `This browser has verified ${had} entries; the server shows ${figure(size)}.`,
        means: `Entries that were signed are gone: an old backup, or somebody removed them. ${MEANS}`,
      };
    case 'rewritten':
      return {
        title: 'The log has been rewritten',
        seen: `The ${had} entries this browser has verified are not the beginning of the log that the server shows now.`,
        means: `An entry that was signed is changed, removed or moved. ${MEANS}`,
      };
    default:
      return kind satisfies never;
  }
}
