import type { AsOf } from '../api/answers.ts';
import type { CommandLine } from '../text/command-line.ts';
import { count, shortDigest } from '../text/wording.ts';
import { Command } from './command.tsx';

/** What an answer rests on, and the command that gives it again. */
export function Repeat({ asOf, command }: { readonly asOf: AsOf; readonly command: CommandLine }) {
  const { entries, checkpoint } = asOf;
  return (
    <div className="part">
      <h3>Repeat it yourself</h3>
      <p className="ink2 gap-below">
        Computed from the first {count(entries, 'entry', 'entries')}
        {checkpoint && (
          <>
            {' '}
            under root <code>{shortDigest(checkpoint.root)}</code>
          </>
        )}
        . The same command gives the same answer tomorrow:
      </p>
      <Command {...command} />
    </div>
  );
}
