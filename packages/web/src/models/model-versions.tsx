import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ModelDetail, ModelVersion } from '../api/answers.ts';
import { qualityFigure } from '../assets/quality-words.ts';
import { SignatureMark } from '../attestations/signature-mark.tsx';
import { count, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Time } from '../ui/time.tsx';

const FIRST = 8;

/** All versions, the newest first; the one that is open stays in sight. */
export function ModelVersions({ model }: { readonly model: ModelDetail }) {
  const { versions: folded } = useSearch({ from: '/models' });
  const navigate = useNavigate({ from: '/models' });
  const { versions, version: open } = model;
  const all = folded === 'all' || versions.length <= FIRST + 2;
  const shown = versions.filter((each, n) => all || n < FIRST || each.asset.id === open.asset.id);
  const metric = versions.find((each) => each.metric)?.metric?.name;
  return (
    <section className="sec" aria-labelledby="versions">
      <header>
        <h2 id="versions">Versions</h2>
        <span className="count">{figure(versions.length)}</span>
      </header>
      <table className="table top" onKeyDown={moveBetweenRows}>
        <caption className="sr">Versions of {model.name}, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" className="p2">
              Trained
            </th>
            {metric !== undefined && (
              <th scope="col" className="num">
                {metric.length <= 4 ? metric.toUpperCase() : metric}
              </th>
            )}
            <th scope="col">Signature</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <Row key={each.asset.id} version={each} open={each.asset.id === open.asset.id} metric={metric} />
          ))}
        </tbody>
      </table>
      {versions.length > FIRST + 2 && (
        <div className="foot">
          <button
            type="button"
            className="btn sm"
            aria-expanded={all}
            onClick={() =>
              void navigate({
                search: (before) => ({ ...before, versions: all ? undefined : 'all' }),
                replace: true,
                resetScroll: false,
              })
            }
          >
            {all ? 'Show fewer' : `All ${count(versions.length, 'version')}`}
          </button>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly version: ModelVersion;
  readonly open: boolean;
  readonly metric: string | undefined;
}

function Row({ version: { asset, label, trained, metric: value, signature }, open, metric }: RowProps) {
  return (
    <tr className={open ? 'sel' : undefined}>
      <td>
        <Link
          from="/models"
          to="/models"
          search={(before) => ({ ...before, id: asset.id, attestation: undefined })}
          replace
          resetScroll={false}
          className="nm"
          data-row
          aria-current={open ? 'true' : undefined}
        >
          <Breakable name={label ?? asset.name} />
        </Link>
        <span className="sub only-n">{trained !== null && <Time at={trained} />}</span>
      </td>
      <td className="p2 ink2">{trained === null ? <span className="ink3">not seen</span> : <Time at={trained} />}</td>
      {metric !== undefined && (
        <td className="num">{value ? qualityFigure(value.value) : <span className="ink3">–</span>}</td>
      )}
      <td>
        <SignatureMark signature={signature} />
      </td>
    </tr>
  );
}
