import type { AssetSummary } from '../api/answers.ts';
import { needOf, type Need } from '../home/needs.ts';
import { Mark, type Tone } from '../ui/status.tsx';
import type { IconName } from '../ui/icon.tsx';

const WORDS: Readonly<Record<Need['kind'], readonly [Tone, IconName, string]>> = {
  'run-failed': ['bad', 'bad', 'last run failed'],
  'run-aborted': ['warn', 'warn', 'last run aborted'],
  'no-owner-no-schema': ['idle', 'unknown', 'no owner, no schema'],
  'no-owner': ['idle', 'unknown', 'no owner'],
  'no-schema': ['idle', 'unknown', 'no schema'],
};

/** What an asset needs; healthy ones leave the column empty. */
export function Attention({ asset }: { readonly asset: AssetSummary }) {
  const need = needOf(asset);
  if (!need) return <span className="sr">nothing</span>;
  const [tone, icon, word] = WORDS[need.kind];
  return (
    <Mark tone={tone} icon={icon}>
      {word}
    </Mark>
  );
}
