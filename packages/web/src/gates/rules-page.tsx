import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { query, refreshAnswers, retry, useAnswer } from '../api/answer-store.ts';
import type { GateRulesCheck, GateRulesDetail, GateRulesList, GateRulesVersion, PolicyCheck } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { useTypedAnswer } from '../api/typed-answer.ts';
import { offsetOf } from '../policies/completion.ts';
import { saveDraft, useDraft } from '../policies/draft.ts';
import { IssuesList } from '../policies/issues-list.tsx';
import { PublishButton } from '../ui/publish-button.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { RegoEditor } from '../policies/rego-editor.tsx';
import { PastNotice } from '../shell/past-notice.tsx';
import { announce, usePageTitle } from '../ui/announcer.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { VersionTable } from '../ui/version-table.tsx';
import { mayNotPublish, mayNotTry } from './gate-words.ts';
import { Crumb } from './gate-page.tsx';
import { useMayNot } from './gate-reader.ts';
import { RULES } from './rules-view.tsx';
import { SamplePanel } from './sample-panel.tsx';

const FILE = 'custody.gate.yaml';
const FIRST = `version: 1
rules:
  - { name: secrets, family: secret, action: quarantine }
default: mask
`;
const rulesPath = (name: string, act = ''): string => `${RULES}/${encodeURIComponent(name)}${act}`;

export function RulesPage({ name }: { readonly name: string }) {
  usePageTitle(`${name} · Gate rules`);
  const { version } = useSearch({ from: '/gates' });
  const list = useAnswer<GateRulesList>(RULES);
  const isNew = list.data !== null && !list.data.items.some((item) => item.name === name);
  const path = query(rulesPath(name), { version });
  const { data, error } = useAnswer<GateRulesDetail>(list.data === null || isNew ? null : path);
  const failed = list.error ?? error;
  if (failed || (!isNew && data === null))
    return (
      <div className="page">
        <Crumb list={LIST} />
        <h1>{name}</h1>
        {failed ? (
          <Failure error={failed} onRetry={() => retry(list.error ? RULES : path)} />
        ) : (
          <Skeleton rows={10} what="the rules" />
        )}
      </div>
    );
  return <Open name={name} detail={isNew ? null : data} />;
}

const LIST = { view: 'rules', name: 'Rules' } as const;

type Check = Pick<PolicyCheck, 'issues'>;
type Issue = PolicyCheck['issues'][number];

/** Issues as the list of a policy's errors takes them: one file, and the field before what is wrong with it. */
const asIssues = ({ issues }: GateRulesCheck): Check => ({
  issues: issues.map(({ field, message, ...rest }) => ({
    ...rest,
    file: null,
    message: field === '' ? message : `${field}: ${message}`,
  })) as Issue[],
});

interface OpenProps {
  readonly name: string;
  readonly detail: GateRulesDetail | null;
}

function Open({ name, detail }: OpenProps) {
  const { show, version } = useSearch({ from: '/gates' });
  const navigate = useNavigate({ from: '/gates' });
  const key = `gate-rules/${name}`;
  const draft = useDraft(key);
  const [doing, setDoing] = useState<'publish' | 'withdraw' | null>(null);
  const mayNot = useMayNot(mayNotPublish);
  const noTrial = useMayNot(mayNotTry);

  const published = detail?.text ?? '';
  // A version that is not in force is read; it becomes a draft before it is changed.
  const isRead = version !== undefined;
  const text = isRead ? published : (draft?.files[FILE] ?? (detail === null ? FIRST : published));
  const newest = detail?.history.length ?? 0;
  const inForce = detail?.inForce ?? null;
  const changed = !isRead && draft !== null && draft.files[FILE] !== (detail === null ? null : published);
  const body = useMemo(() => (noTrial === null ? { rules: text } : null), [noTrial, text]);
  const answer = useTypedAnswer<GateRulesCheck>('/custody/v1/gate/check', body);
  const checked = useMemo(
    () => ({ ...answer, check: answer.check === null ? null : asIssues(answer.check) }),
    [answer],
  );
  const issues = checked.check?.issues ?? [];

  const edit = (rules: string) => saveDraft(key, { files: { [FILE]: rules }, base: draft?.base ?? newest });
  const go = (search: { show?: 'history' | undefined; version?: number | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...search }), resetScroll: false });
  const toIssue = ({ line, column }: Issue) => {
    go({ show: undefined });
    const at = offsetOf(text, line ?? 1, column ?? 1);
    // After the editor is there.
    setTimeout(() => {
      const area = document.querySelector<HTMLTextAreaElement>('textarea.rego-text');
      area?.focus();
      area?.setSelectionRange(at, at);
    }, 50);
  };

  const notYet =
    checked.pending || checked.check === null ? 'Being checked.' : issues.length > 0 ? 'They have errors.' : null;
  const why =
    mayNot ??
    (isRead ? 'You read an earlier version.' : inForce !== null && text === published ? 'Nothing is changed.' : notYet);
  const noWithdrawal = mayNot ?? (inForce === null ? 'They are not in force.' : null);

  const done = (said: string) => (answered: GateRulesVersion) => {
    saveDraft(key, null);
    setDoing(null);
    go({ show: undefined, version: undefined });
    refreshAnswers();
    announce(`${said}: version ${answered.version}, entry ${answered.entry}`);
  };
  const publish = (message: string) =>
    postJson<GateRulesVersion>(rulesPath(name), { rules: text, message, base: draft?.base ?? newest }).then(
      done('Published'),
    );
  const withdraw = (message: string) =>
    postJson<GateRulesVersion>(rulesPath(name, '/withdraw'), { message }).then(done('Withdrawn'));

  return (
    <div className="page">
      <div className="title">
        <div>
          <Crumb list={LIST} />
          <h1>{name}</h1>
          <p className="lead">
            {detail === null ? (
              'New rules. Nothing goes by them until they are published.'
            ) : inForce === null ? (
              'Withdrawn. Nothing goes by them until they are published again.'
            ) : (
              <>
                Version {inForce.version}, in force since <Time at={inForce.recorded} />, published by {inForce.by}.
              </>
            )}
            {changed && detail !== null && ' You have a draft.'}
          </p>
        </div>
        <div className="acts">
          {changed && (
            <button type="button" className="btn" onClick={() => saveDraft(key, null)}>
              Discard draft
            </button>
          )}
          {inForce !== null && (
            <button
              type="button"
              className="btn danger"
              aria-disabled={noWithdrawal !== null}
              aria-describedby={noWithdrawal === null ? undefined : 'publish-why'}
              onClick={() => noWithdrawal === null && setDoing('withdraw')}
            >
              Withdraw
            </button>
          )}
          <PublishButton version={newest + 1} why={why} onPublish={() => setDoing('publish')} />
        </div>
      </div>
      <PastNotice here="The rules on this page are those in force now." />
      {isRead && (
        <Notice
          icon="clock"
          actions={
            <>
              <button
                type="button"
                className="btn sm"
                onClick={() => {
                  edit(published);
                  go({ version: undefined });
                }}
              >
                Take as draft
              </button>
              <button type="button" className="btn sm" onClick={() => go({ version: undefined })}>
                Back
              </button>
            </>
          }
        >
          You read version {version} of {newest}.
        </Notice>
      )}
      <div className="rgrid">
        <section className="box ed" aria-label="Rules">
          <header>
            <div className="seg" role="group" aria-label="View">
              <button type="button" aria-pressed={show === undefined} onClick={() => go({ show: undefined })}>
                Edit
              </button>
              <button type="button" aria-pressed={show === 'history'} onClick={() => go({ show: 'history' })}>
                History
              </button>
            </div>
          </header>
          {show === 'history' ? (
            <History detail={detail} onRead={(n) => go({ version: n, show: undefined })} />
          ) : (
            <RegoEditor
              label={`Text of ${name}`}
              value={text}
              readOnly={isRead || noTrial !== null}
              names={[]}
              issues={issues}
              deeper="  "
              describedBy="issues"
              onChange={edit}
            />
          )}
          {noTrial === null && <IssuesList id="issues" checked={checked} onGo={toIssue} />}
          {noTrial !== null && (
            <footer id="issues" className="issues">
              <p className="ink2">{noTrial}</p>
            </footer>
          )}
        </section>
        <SamplePanel
          name={name}
          rules={text}
          blocked={noTrial ?? (issues.length > 0 ? 'The rules have errors.' : null)}
          noStart={noTrial ?? (isRead ? 'You read an earlier version.' : null)}
          onStart={edit}
        />
      </div>
      {doing === 'publish' && (
        <ReasonDialog
          title={`Publish ${name}`}
          deed={`Publish version ${newest + 1}`}
          least={3}
          onDo={publish}
          onClose={() => setDoing(null)}
        >
          <p className="ink2">Data over HTTP go by it from then on. The version before stays in the history.</p>
        </ReasonDialog>
      )}
      {doing === 'withdraw' && (
        <ReasonDialog
          title={`Withdraw ${name}`}
          deed={`Withdraw ${name}`}
          isDanger
          least={3}
          onDo={withdraw}
          onClose={() => setDoing(null)}
        >
          <p className="ink2">Nothing comes in by these rules until they are published again. The history stays.</p>
        </ReasonDialog>
      )}
    </div>
  );
}

interface HistoryProps {
  /** Null before the first version. */
  readonly detail: GateRulesDetail | null;
  readonly onRead: (version: number) => void;
}

function History({ detail, onRead }: HistoryProps) {
  if (detail === null) return <p className="pad ink2">No version yet.</p>;
  return (
    <VersionTable
      name={detail.name}
      versions={detail.history}
      inForce={detail.inForce?.version ?? null}
      digestOf="Text"
      who={({ by }) => by}
      act={({ version }) => (
        <button type="button" className="btn sm" onClick={() => onRead(version)}>
          Read {version}
        </button>
      )}
    />
  );
}
