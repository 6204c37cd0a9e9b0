import { useSearch } from '@tanstack/react-router';
import type { AssetDetail } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { FoldButton } from './fold-button.tsx';

const FIRST = 14;
/** So many more are not worth a button. */
const SLACK = 4;

export function AssetColumns({ asset: { schema } }: { readonly asset: AssetDetail }) {
  const { columns } = useSearch({ from: '/asset' });
  const fields = schema?.fields ?? [];
  const foldable = fields.length > FIRST + SLACK;
  const all = columns === 'all';
  const shown = all || !foldable ? fields : fields.slice(0, FIRST);
  const described = fields.some(({ description }) => description !== null);
  return (
    <section className="sec" aria-labelledby="columns">
      <header>
        <h2 id="columns">Columns</h2>
        {schema && (
          <>
            <span className="count">
              {shown.length < fields.length
                ? `${figure(shown.length)} of ${figure(fields.length)}`
                : figure(fields.length)}
            </span>
            <span className="acts meta">
              <Digest value={schema.digest} name="schema" /> <EntryLink index={schema.entry} />
            </span>
          </>
        )}
      </header>
      {!schema ? (
        <p className="ink2 pad-top">
          No event has told its schema. A producer tells it with the <code>schema</code> facet of OpenLineage.
        </p>
      ) : (
        <>
          <table className="table">
            <caption className="sr">{count(fields.length, 'column')}</caption>
            <thead>
              <tr>
                <th scope="col" className="num ord">
                  <span className="sr">Position</span>
                </th>
                <th scope="col">Column</th>
                <th scope="col">Type</th>
                {described && (
                  <th scope="col" className="p2">
                    Description
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ name, type, description }, n) => (
                <tr key={name}>
                  <td className="num ord ink3">{n + 1}</td>
                  <td>
                    <span className="mono nm break">{name}</span>
                    {description !== null && <span className="sub only-n">{description}</span>}
                  </td>
                  <td className="mono ink2">{type ?? <span className="ink3">not known</span>}</td>
                  {described && <td className="p2 ink2">{description}</td>}
                </tr>
              ))}
            </tbody>
          </table>
          {foldable && (
            <FoldButton list="columns" all={all}>
              Show all {figure(fields.length)}
            </FoldButton>
          )}
        </>
      )}
    </section>
  );
}
