import { shortDigest } from '../text/wording.ts';
import { CopyButton } from './copy-button.tsx';

interface DigestProps {
  readonly value: string;
  readonly shown?: string;
  readonly name?: string;
}

/** A digest by its first and last four characters; the button copies all of it. */
export function Digest({ value, shown = shortDigest(value), name = 'digest' }: DigestProps) {
  return (
    <span className="chip">
      <span title={value}>{shown}</span>
      <CopyButton text={value} label={`Copy ${name} ${shown}`} className="" />
    </span>
  );
}
