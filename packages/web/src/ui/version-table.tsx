import type { ReactNode } from 'react';
import { Digest } from './digest.tsx';
import { EntryLink } from './entry-link.tsx';
import { Time } from './time.tsx';

interface Version {
  readonly version: number;
  readonly entry: number;
  readonly recorded: string;
  readonly message: string;
  readonly digest: string;
  readonly withdrawn: boolean;
}

interface VersionTableProps<Of extends Version> {
  readonly name: string;
  readonly versions: readonly Of[];
  readonly inForce: number | null;
  /** Heading of the digests: what they are of. */
  readonly digestOf: string;
  /** Who, and what else is to be said of a version before its time and behind it. */
  readonly who: (version: Of) => string;
  readonly more?: (version: Of) => string;
  /** The button of a version that is not in force and was not withdrawn; null for none. */
  readonly act: (version: Of) => ReactNode;
}

/** Every version, the newest first: who, when, why, and what can be done with it. */
export function VersionTable<Of extends Version>({
  name,
  versions,
  inForce,
  digestOf,
  who,
  more = () => '',
  act,
}: VersionTableProps<Of>) {
  return (
    <table className="table top">
      <caption className="sr">Versions of {name}</caption>
      <thead>
        <tr>
          <th scope="col" className="num">
            Version
          </th>
          <th scope="col">Why</th>
          <th scope="col" className="p2">
            {digestOf}
          </th>
          <th scope="col">
            <span className="sr">Act</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {versions.map((each) => (
          <tr key={each.version}>
            <td className="num">{each.version}</td>
            <td className="break">
              {each.withdrawn ? 'Withdrawn: ' : ''}
              {each.message}
              <span className="sub">
                {who(each)} · <Time at={each.recorded} />
                {more(each)} · <EntryLink index={each.entry} />
              </span>
            </td>
            <td className="p2">{!each.withdrawn && <Digest value={each.digest} />}</td>
            <td>
              {each.version === inForce ? <span className="meta">in force</span> : each.withdrawn ? null : act(each)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
