/** Every door that data pass: what came in, what is held, what columns are called, and by which rules. */
import { Link, useSearch } from '@tanstack/react-router';
import { useAnswer } from '../api/answer-store.ts';
import type { BatchList, LabelList } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { BatchPage } from './batch-page.tsx';
import { DecisionsView } from './decisions-view.tsx';
import { IngestPage } from './ingest-page.tsx';
import { LabelsView } from './labels-view.tsx';
import { QuarantineView } from './quarantine-view.tsx';
import { RulesPage } from './rules-page.tsx';
import { NewRules, RulesView } from './rules-view.tsx';
import '../policies/policies.css';
import './gates.css';

export function GatesPage() {
  const { ingest, batch, rules } = useSearch({ from: '/gates' });
  if (batch !== undefined) return <BatchPage key={batch} id={batch} />;
  if (ingest !== undefined) return <IngestPage key={ingest} id={ingest} />;
  if (rules !== undefined) return <RulesPage key={rules} name={rules} />;
  return <Lists />;
}

const VIEWS = [
  [undefined, 'Decisions'],
  ['quarantine', 'Quarantine'],
  ['labels', 'Labels'],
  ['rules', 'Rules'],
] as const;

function Lists() {
  const { view } = useSearch({ from: '/gates' });
  usePageTitle(view === undefined ? 'Gates' : `${VIEWS.find(([key]) => key === view)![1]} · Gates`);
  const held = useAnswer<BatchList>('/custody/v1/quarantine?state=held').data?.items.length ?? 0;
  const suggested = useAnswer<LabelList>('/custody/v1/labels').data?.counts.suggested ?? 0;
  const counts: Readonly<Record<string, readonly [number, string]>> = {
    quarantine: [held, 'held'],
    labels: [suggested, 'suggested'],
  };
  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>Gates</h1>
          <p className="lead">What came in through the ingest gate, what was decided, and on what grounds.</p>
        </div>
        {view === 'rules' && <NewRules />}
      </div>
      <PastNotice here="This page shows all that is known now." />
      <nav className="tabs" aria-label="Sections">
        {VIEWS.map(([key, word]) => {
          const [n, of] = counts[key ?? ''] ?? [0, ''];
          return (
            <Link
              key={word}
              to="/gates"
              search={key === undefined ? {} : { view: key }}
              activeProps={{}}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={view === key ? 'page' : undefined}
            >
              {word}
              {n > 0 && (
                <span className="count">
                  {' '}
                  {figure(n)} {of}
                </span>
              )}
            </Link>
          );
        })}
      </nav>
      {view === undefined && <DecisionsView />}
      {view === 'quarantine' && <QuarantineView />}
      {view === 'labels' && <LabelsView />}
      {view === 'rules' && <RulesView />}
    </div>
  );
}
