import type { ReactNode } from 'react';
import { Command } from './command.tsx';

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The one command that fills it. */
  readonly command?: string;
  readonly actions?: ReactNode;
}

export function Empty({ title, children, command, actions }: EmptyProps) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {command && <Command text={command} />}
      {actions}
    </div>
  );
}

/** How any OpenLineage producer is pointed here: said wherever there is no lineage yet. */
export const pointProducerHere = (): string => `export OPENLINEAGE_URL=${location.origin}`;
