import { useState } from 'react';
import { refreshAnswers } from '../api/answer-store.ts';
import type { AliasMove, DatasetHistory } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';

const NAME = /^[a-z][a-z0-9._-]{0,63}$/;

interface AliasDialogProps {
  readonly history: DatasetHistory;
  readonly onClose: () => void;
}

/** Lets a name point to another version: which, to where, and why, before it is done. */
export function AliasDialog({ history: { dataset, versions, moves }, onClose }: AliasDialogProps) {
  const names = [...new Set(moves.map(({ alias }) => alias))];
  const [alias, setAlias] = useState(names[0] ?? 'approved');
  const [version, setVersion] = useState(versions[0]!.version);
  const now = moves.find((move) => move.alias === alias)?.version ?? null;
  const wrong =
    alias === 'latest'
      ? 'latest is always the newest version. Choose another name.'
      : NAME.test(alias)
        ? null
        : 'A name has small letters, digits, dots and dashes, from a letter on.';
  const move = async (reason: string) => {
    const { entry } = await postJson<AliasMove>('/custody/v1/datasets/aliases', { dataset, alias, version, reason });
    announce(`${alias} points to version ${version}, entry ${entry}`);
    refreshAnswers();
    onClose();
  };
  return (
    <ReasonDialog
      title="Move a name"
      deed={`Point ${alias} to version ${figure(version)}`}
      missing={wrong ?? (now === version ? `${alias} points to version ${figure(version)} already.` : null)}
      onDo={move}
      onClose={onClose}
    >
      <p className="ink2">
        What asks for the name gets the other version from then on. No bytes are moved:{' '}
        <code>custody dataset rollback</code> puts them back.
      </p>
      <div className="field">
        <label htmlFor="alias">Name</label>
        <input
          id="alias"
          className="input"
          list="alias-names"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong !== null}
          value={alias}
          onChange={({ target }) => setAlias(target.value.trim())}
        />
        <datalist id="alias-names">
          {names.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </div>
      <div className="field">
        <label htmlFor="version">Points to</label>
        <select
          id="version"
          className="select"
          value={version}
          onChange={({ target }) => setVersion(Number(target.value))}
        >
          {versions.map((each) => (
            <option key={each.version} value={each.version}>
              version {each.version}: {each.message.slice(0, 60)}
            </option>
          ))}
        </select>
        <span className="hint">{now === null ? 'The name is new.' : `It points to version ${figure(now)} now.`}</span>
      </div>
    </ReasonDialog>
  );
}
