import { Link } from '@tanstack/react-router';
import type { DatasetVersion } from '../api/answers.ts';
import { figure } from '../text/wording.ts';
import { EntryLink } from '../ui/entry-link.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Time } from '../ui/time.tsx';
import { bytesWords } from './dataset-words.ts';
import { Aliases, Signatures } from './version-marks.tsx';

/** Every version, the newest first: what it holds, who committed it and why, and what points to it. */
export function VersionsTable({ versions }: { readonly versions: readonly DatasetVersion[] }) {
  return (
    <section className="sec" aria-labelledby="versions">
      <header>
        <h2 id="versions">Versions</h2>
        <span className="count">{figure(versions.length)}</span>
      </header>
      <table className="table top" onKeyDown={moveBetweenRows}>
        <caption className="sr">Versions, the newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              <span className="sr">Version</span>
              <span aria-hidden="true">No.</span>
            </th>
            <th scope="col">What and who</th>
            <th scope="col" className="num p2">
              Rows
            </th>
            <th scope="col" className="num p2">
              People
            </th>
            <th scope="col" className="p3">
              Bytes
            </th>
            <th scope="col" className="p2">
              Signature
            </th>
            <th scope="col" className="p2">
              Names
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <td className="num">{figure(version.version)}</td>
              <td>
                <span className="break">{version.message}</span>
                <span className="sub">
                  {version.by} · <Time at={version.recorded} /> · <EntryLink index={version.entry} />
                  {version.version > 1 && (
                    <>
                      {' · '}
                      <Link
                        from="/datasets"
                        to="/datasets"
                        search={(before) => ({
                          ...before,
                          from: String(version.version - 1),
                          to: String(version.version),
                        })}
                        resetScroll={false}
                        className="inline-link"
                        aria-label={`What differs between version ${version.version - 1} and ${version.version}`}
                        data-row
                      >
                        what differs
                      </Link>
                    </>
                  )}
                </span>
                <span className="sub only-n">
                  {figure(version.rows)} rows
                  {version.subjects !== null && `, ${figure(version.subjects.count)} people`},{' '}
                  <Signatures version={version} /> {version.aliases.length > 0 && <Aliases version={version} />}
                </span>
              </td>
              <td className="num p2">{figure(version.rows)}</td>
              <td className="num p2">
                {version.subjects === null ? <span className="ink3">–</span> : figure(version.subjects.count)}
              </td>
              <td className="p3 ink2">{bytesWords(version)}</td>
              <td className="p2">
                <Signatures version={version} />
              </td>
              <td className="p2">
                <Aliases version={version} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
