import { CopyButton } from './copy-button.tsx';

/** A command to run as it stands. Long ones are wrapped on the screen, never in what is copied. */
export function Command({ text, shown = text }: { readonly text: string; readonly shown?: string }) {
  return (
    <div className={shown === text ? 'cmd' : 'cmd folded'}>
      <pre>{shown}</pre>
      <CopyButton text={text} label="Copy command" />
    </div>
  );
}
