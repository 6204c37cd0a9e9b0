import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { refreshAnswers, retry, useAnswer } from '../api/answer-store.ts';
import type { PolicyCheck, PolicyDetail, PolicyList, PolicyVersion, Status } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePastWords } from '../shell/past.ts';
import { count, figure } from '../text/wording.ts';
import { announce, usePageTitle } from '../ui/announcer.tsx';
import { Failure } from '../ui/failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { ChangesView } from './changes-view.tsx';
import { policyPath, useCheck } from './check.ts';
import { offsetOf } from './completion.ts';
import { saveDraft, useDraft, type Files } from './draft.ts';
import { DryRunPanel } from './dry-run-panel.tsx';
import { HistoryView } from './history-view.tsx';
import { IssuesList } from './issues-list.tsx';
import { PublishButton } from '../ui/publish-button.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { RegoEditor } from './rego-editor.tsx';
import { TestsView } from './tests-view.tsx';

const LIST = '/custody/v1/policies';
const DAYS = 30;

const packageOf = (name: string): string =>
  name
    .split(/[^A-Za-z0-9_]+/)
    .filter((part) => /^[A-Za-z_]/.test(part))
    .join('.') || 'policy';

const firstFiles = (name: string): Files => ({
  'policy.rego': `package ${packageOf(name)}\n\ndefault allow := false\n\nallow if input.purpose == "risk"\n`,
});

const testsFor = (files: Files): string => {
  const text = Object.entries(files).find(([file]) => file.endsWith('.rego'))?.[1] ?? '';
  const path = /^package\s+(\S+)/m.exec(text)?.[1] ?? 'policy';
  return `package ${path}_test\n\ntest_allow if {\n\tdata.${path}.allow with input as {"purpose": "risk"}\n}\n`;
};

export function PolicyPage({ name }: { readonly name: string }) {
  usePageTitle(name);
  const path = policyPath(name);
  const list = useAnswer<PolicyList>(LIST);
  const known = list.data === null || list.data.items.some((item) => item.name === name);
  const { data, error } = useAnswer<PolicyDetail>(known ? path : null);
  const isNew = !known;
  if (error) return <Broken error={error} onRetry={() => retry(path)} />;
  if (list.error) return <Broken error={list.error} onRetry={() => retry(LIST)} />;
  if (!isNew && (data === null || data.name !== name)) return <Loading name={name} />;
  return <Open name={name} detail={isNew ? null : data} list={list.data} />;
}

function Broken({ error, onRetry }: Parameters<typeof Failure>[0]) {
  return (
    <div className="page">
      <h1 className="sr">Policy</h1>
      <Failure error={error} {...(onRetry && { onRetry })} />
    </div>
  );
}

function Loading({ name }: { readonly name: string }) {
  return (
    <div className="page">
      <h1>{name}</h1>
      <Skeleton rows={10} what="the policy" />
    </div>
  );
}

type Doing = { readonly kind: 'publish' } | { readonly kind: 'rollback'; readonly version: number } | null;

interface OpenProps {
  readonly name: string;
  readonly detail: PolicyDetail | null;
  readonly list: PolicyList | null;
}

function Open({ name, detail, list }: OpenProps) {
  const { file: wanted, view, days = DAYS } = useSearch({ from: '/policies' });
  const navigate = useNavigate({ from: '/policies' });
  const status = useAnswer<Status>('/custody/v1/status');
  const past = usePastWords();
  const draft = useDraft(name);
  const [asked, setAsked] = useState(0);
  const [doing, setDoing] = useState<Doing>(null);

  const inForce = useMemo<Files>(() => detail?.files ?? {}, [detail?.shown, detail?.name]);
  const fresh = useMemo(() => (detail === null ? firstFiles(name) : inForce), [detail, inForce, name]);
  const files = draft?.files ?? fresh;
  const newest = detail?.history.length ?? 0;
  const base = draft?.base ?? newest;
  const changed = draft !== null && JSON.stringify(draft.files) !== JSON.stringify(inForce);
  const names = Object.keys(files).sort(
    (a, b) => Number(a.endsWith('_test.rego')) - Number(b.endsWith('_test.rego')) || (a < b ? -1 : 1),
  );
  const file = wanted !== undefined && wanted in files ? wanted : (names[0] ?? '');
  const checked = useCheck(name, files);
  const { check } = checked;

  const edit = (text: string, which = file) => saveDraft(name, { files: { ...files, [which]: text }, base });
  const go = (search: { file?: string | undefined; view?: typeof view; days?: number | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...search }), replace: true, resetScroll: false });
  const layOut = () => {
    const text = check?.formatted[file];
    if (text !== undefined && !checked.pending && text !== files[file]) edit(text);
    announce(text === undefined ? 'Not laid out: the text has errors' : 'Laid out');
  };
  const toIssue = (issue: PolicyCheck['issues'][number]) => {
    go({ view: undefined, ...(issue.file !== null && { file: issue.file }) });
    const at = offsetOf(files[issue.file ?? file] ?? '', issue.line ?? 1, issue.column ?? 1);
    // After the editor of that file is there.
    setTimeout(() => {
      const area = document.querySelector<HTMLTextAreaElement>('textarea.rego-text');
      area?.focus();
      area?.setSelectionRange(at, at);
    }, 50);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || document.querySelector('dialog[open]')) return;
      if (event.key === 's') {
        event.preventDefault();
        layOut();
      } else if (event.key === 'Enter') {
        event.preventDefault();
        setAsked((before) => before + 1);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  const role = status.data?.me.role;
  const mayNot =
    past !== null
      ? `You see ${past}. Actions are off until you return to now.`
      : role !== undefined && role !== 'admin' && role !== 'officer'
        ? `Your role, ${role}, reads policies. Officers and admins publish them.`
        : null;
  const issues = check?.issues ?? [];
  const failing = (check?.tests ?? []).filter(({ outcome }) => outcome === 'failed' || outcome === 'error').length;
  const why =
    mayNot ??
    (!changed && detail !== null
      ? 'Nothing is changed.'
      : checked.pending || check === null
        ? 'Being checked.'
        : issues.length > 0
          ? 'It has errors.'
          : failing > 0
            ? `${count(failing, 'test')} of it ${failing === 1 ? 'does' : 'do'} not pass.`
            : null);
  const next = newest + 1;

  const done = (said: string) => (version: PolicyVersion) => {
    saveDraft(name, null);
    setDoing(null);
    go({ view: undefined });
    refreshAnswers();
    announce(`${said}: version ${version.version}, entry ${version.entry}`);
  };
  const publish = (message: string) =>
    postJson<PolicyVersion>(policyPath(name), { files, message, base }).then(done('Published'));
  const rollBack = (version: number) => (message: string) =>
    postJson<PolicyVersion>(policyPath(name, '/rollback'), { version, message }).then(done('Rolled back'));

  const passed = (check?.tests ?? []).filter(({ outcome }) => outcome === 'passed').length;
  const shown = view ?? 'edit';
  return (
    <div className="page">
      <div className="title">
        <div>
          <p className="crumb">
            <Link to="/policies">Policies</Link>
          </p>
          <h1>{name}</h1>
          <p className="lead">
            {detail?.inForce == null ? (
              detail === null ? (
                'A new policy. It decides nothing until it is published.'
              ) : (
                'Withdrawn. It decides nothing until it is published again.'
              )
            ) : (
              <>
                Written by {detail.inForce.author}, version {detail.inForce.version} in force since{' '}
                <Time at={detail.inForce.recorded} />.
              </>
            )}
            {changed && detail !== null && ' You have a draft.'}
          </p>
        </div>
        <div className="acts">
          {changed && (
            <button type="button" className="btn" onClick={() => saveDraft(name, null)}>
              Discard draft
            </button>
          )}
          <PublishButton version={next} why={why} onPublish={() => setDoing({ kind: 'publish' })} />
        </div>
      </div>
      <PastNotice here="The policies on this page are those in force now." />
      <div className="pgrid">
        <nav className="plist" aria-label="Policies">
          <ul>
            {(list?.items ?? []).map((item) => (
              <li key={item.name}>
                <Link
                  to="/policies"
                  search={{ name: item.name }}
                  aria-current={item.name === name ? 'true' : undefined}
                >
                  <span className="mono">{item.name}</span>
                  <small>
                    {item.lately.refused === 0 ? 'nothing refused in 7 days' : count(item.lately.refused, 'refusal')}
                  </small>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <section className="box ed" aria-label="Editor">
          <header>
            <div className="seg" role="group" aria-label="View">
              {(
                [
                  ['edit', 'Edit'],
                  ['changes', 'Changes'],
                  ['tests', 'Tests'],
                  ['history', 'History'],
                ] as const
              ).map(([key, word]) => (
                <button
                  key={key}
                  type="button"
                  aria-pressed={shown === key}
                  onClick={() => go({ view: key === 'edit' ? undefined : key })}
                >
                  {word}
                </button>
              ))}
            </div>
            {names.length > 1 && shown === 'edit' && (
              <select
                className="filter"
                aria-label="File"
                value={file}
                onChange={({ target }) => go({ file: target.value })}
              >
                {names.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            )}
            <span className="acts">
              {check !== null && check.tests.length > 0 && (
                <Mark tone={failing > 0 ? 'bad' : 'ok'} icon={failing > 0 ? 'bad' : 'ok'}>
                  {figure(passed)} of {count(check.tests.length, 'test')}
                </Mark>
              )}
            </span>
          </header>
          {shown === 'edit' && (
            <RegoEditor
              key={file}
              label={`Text of ${file}`}
              value={files[file] ?? ''}
              readOnly={mayNot !== null}
              names={check?.names ?? []}
              issues={issues.filter((issue) => issue.file === file)}
              describedBy="issues"
              onChange={(text) => edit(text)}
            />
          )}
          {shown === 'changes' && (
            <ChangesView
              before={inForce}
              after={files}
              against={detail?.shown == null ? 'nothing' : `version ${detail.shown}`}
            />
          )}
          {shown === 'tests' && (
            <TestsView
              check={check}
              onAdd={
                mayNot !== null || names.some((each) => each.endsWith('_test.rego'))
                  ? null
                  : () => {
                      const added = `${file.replace(/\.rego$/, '')}_test.rego`;
                      edit(testsFor(files), added);
                      go({ view: undefined, file: added });
                    }
              }
            />
          )}
          {shown === 'history' &&
            (detail === null ? (
              <p className="pad ink2">No version yet.</p>
            ) : (
              <HistoryView
                detail={detail}
                onRollBack={mayNot === null ? (version) => setDoing({ kind: 'rollback', version }) : null}
              />
            ))}
          <IssuesList id="issues" checked={checked} onGo={toIssue} />
        </section>
        <DryRunPanel
          name={name}
          files={files}
          days={days}
          onDays={(span) => go({ days: span })}
          asked={asked}
          blocked={issues.length > 0 ? 'It has errors.' : null}
        />
      </div>
      {doing?.kind === 'publish' && (
        <ReasonDialog
          title={`Publish ${name}`}
          deed={`Publish version ${next}`}
          onDo={publish}
          onClose={() => setDoing(null)}
        >
          <p className="ink2">It decides from then on. The version before stays in the history.</p>
        </ReasonDialog>
      )}
      {doing?.kind === 'rollback' && (
        <ReasonDialog
          title={`Roll ${name} back`}
          deed={`Roll back to version ${doing.version}`}
          onDo={rollBack(doing.version)}
          onClose={() => setDoing(null)}
        >
          <p className="ink2">
            Version {next} will be version {doing.version} again. Nothing is taken out of the history.
          </p>
        </ReasonDialog>
      )}
    </div>
  );
}
