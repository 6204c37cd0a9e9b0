import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { DatasetVersion } from '../api/answers.ts';

interface CompareFormProps {
  readonly versions: readonly DatasetVersion[];
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Which two versions are compared: by number, or by the name that points to one. */
export function CompareForm({ versions, from, to }: CompareFormProps) {
  const navigate = useNavigate({ from: '/datasets' });
  const newest = versions[0]!.version;
  const [old, setOld] = useState(from ?? String(newest - 1));
  const [now, setNow] = useState(to ?? String(newest));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ search: (before) => ({ ...before, from: old, to: now }), resetScroll: false });
  };
  const aliases = [...new Set(versions.flatMap(({ aliases: names }) => names))];
  const choices = [...versions.map(({ version }) => String(version)), ...aliases];
  const options = (value: string) =>
    (choices.includes(value) ? choices : [...choices, value]).map((choice) => (
      <option key={choice} value={choice}>
        {/^\d+$/.test(choice) ? `version ${choice}` : choice}
      </option>
    ));
  return (
    <form className="filters compare" onSubmit={submit}>
      <select
        className="filter"
        aria-label="Earlier version"
        value={old}
        onChange={({ target }) => setOld(target.value)}
      >
        {options(old)}
      </select>
      <span className="ink3">and</span>
      <select className="filter" aria-label="Later version" value={now} onChange={({ target }) => setNow(target.value)}>
        {options(now)}
      </select>
      <button type="submit" className="btn">
        Compare
      </button>
    </form>
  );
}
