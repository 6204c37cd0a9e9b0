import { Link } from '@tanstack/react-router';
import type { ModelDetail, ModelInput } from '../api/answers.ts';
import { SignatureMark } from '../attestations/signature-mark.tsx';
import { count, figure } from '../text/wording.ts';
import { AssetLink, AssetMark } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Time } from '../ui/time.tsx';
import { inputsSentence } from './input-words.ts';

/** All that a version was made from, the nearest first: the runs that really ran, and what each of them read. */
export function ModelInputs({ model: { inputs, version } }: { readonly model: ModelDetail }) {
  return (
    <section className="sec" aria-labelledby="inputs">
      <header>
        <h2 id="inputs">Trained on</h2>
        <span className="count">{inputsSentence(inputs)}</span>
        {inputs.length > 0 && (
          <span className="acts">
            <Link to="/lineage" search={{ asset: version.asset.id, direction: 'up', depth: 20 }}>
              On the graph
            </Link>
          </span>
        )}
      </header>
      {inputs.length === 0 ? (
        <p className="ink2 pad-top">
          {version.run === null
            ? 'No run was seen to train it, so what it was trained on is not known.'
            : 'The run that trained it told of nothing that it read.'}
        </p>
      ) : (
        <table className="table top" onKeyDown={moveBetweenRows}>
          <caption className="sr">What it was made from, the nearest first</caption>
          <thead>
            <tr>
              <th scope="col">Data</th>
              <th scope="col" className="num p2">
                Rows
              </th>
              <th scope="col" className="p2">
                Written
              </th>
              <th scope="col">Version</th>
              <th scope="col">Signature</th>
            </tr>
          </thead>
          <tbody>
            {inputs.map((input) => (
              <Row key={input.asset.id} input={input} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ input }: { readonly input: ModelInput }) {
  const { asset, hops, rows, written, entry, signature, version, versions } = input;
  return (
    <tr>
      <td>
        <span className="cell">
          <AssetMark asset={asset} />
          <span className="min0">
            <AssetLink asset={asset} className="nm" />
            <span className="sub">{hops === 1 ? 'read by the training' : `${count(hops, 'step')} up`}</span>
          </span>
        </span>
      </td>
      <td className="num p2">{rows === null ? <span className="ink3">–</span> : figure(rows)}</td>
      <td className="p2 ink2">
        {written === null ? (
          <span className="ink3">by nobody seen</span>
        ) : (
          <>
            <Time at={written} />
            {entry !== null && (
              <span className="sub">
                <EntryLink index={entry} />
              </span>
            )}
          </>
        )}
      </td>
      <td>
        <InputVersion input={input} />
      </td>
      <td>
        <SignatureMark signature={signature} unknown={version === null && versions > 0} />
      </td>
    </tr>
  );
}

function InputVersion({ input: { asset, version, versions } }: { readonly input: ModelInput }) {
  if (version !== null) {
    return (
      <>
        <Link to="/datasets" search={{ id: asset.id }} className="inline-link">
          version {figure(version.version)}
        </Link>
        <span className="sub">{version.isTold ? 'as the run says' : 'the newest by then'}</span>
      </>
    );
  }
  if (versions === 0) return <span className="ink3">none committed</span>;
  return (
    <>
      <span className="ink3">not known</span>
      <span className="sub">
        <Link to="/datasets" search={{ id: asset.id }} className="inline-link">
          {count(versions, 'version')}
        </Link>
        , all later
      </span>
    </>
  );
}
