import { useId, useState, type FormEvent } from 'react';

interface NewNameProps {
  /** What gets the name: `policy`. */
  readonly of: string;
  readonly placeholder: string;
  readonly pattern: RegExp;
  readonly onName: (name: string) => void;
}

/** Opens something new under a name. */
export function NewName({ of, placeholder, pattern, onName }: NewNameProps) {
  const [name, setName] = useState('');
  const id = useId();
  const wrong = name !== '' && !pattern.test(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pattern.test(name)) onName(name);
  };
  return (
    <form className="acts new-name" onSubmit={submit}>
      <label className="sr" htmlFor={id}>
        Name of new {of}
      </label>
      <input
        id={id}
        className="input"
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-why` : undefined}
        value={name}
        onChange={({ target }) => setName(target.value.trim())}
      />
      <button type="submit" className="btn" aria-disabled={!pattern.test(name)}>
        New {of}
      </button>
      {wrong && (
        <span id={`${id}-why`} className="why">
          Letters, digits, dots, dashes
        </span>
      )}
    </form>
  );
}
