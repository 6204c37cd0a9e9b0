/** Namespaces, sources and tags in Marquez's shape. They are not things of their own here: assets name them. */
import { NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { iso } from '../asset-view.ts';
import type { NamespaceIndex } from './namespace-index.ts';
import type { Page } from './query.ts';
import type { Reading } from './reading.ts';

/** What Marquez says of a namespace that an OpenLineage event made. */
const NOBODY = 'anonymous';

export function namespaceView(state: State, index: NamespaceIndex, name: string) {
  const { created, updated } = index.span(state, name);
  return {
    name,
    createdAt: iso(created),
    updatedAt: iso(updated),
    ownerName: NOBODY,
    description: null,
    isHidden: false,
  };
}

export function namespacePage({ ledger, namespaces }: Reading, { limit, offset }: Page) {
  const names = namespaces.names(ledger.state).slice(offset, offset + limit);
  return { namespaces: names.map((name) => namespaceView(ledger.state, namespaces, name)) };
}

/**
 * OpenLineage's naming says where a dataset lies by its namespace (`postgres://host:5432`), so a source is a namespace
 * that has datasets.
 */
export function sourceView({ ledger, namespaces }: Reading, name: string) {
  const { created, updated } = namespaces.span(ledger.state, name);
  return {
    type: sourceType(name),
    name,
    createdAt: iso(created),
    updatedAt: iso(updated),
    connectionUrl: name,
    description: null,
  };
}

export const hasSource = ({ ledger, namespaces }: Reading, name: string): boolean =>
  (namespaces.rows(ledger.state, name)?.datasets.length ?? 0) > 0;

export function sourcePage(reading: Reading, { limit, offset }: Page) {
  const names = reading.namespaces.names(reading.ledger.state).filter((name) => hasSource(reading, name));
  return { sources: names.slice(offset, offset + limit).map((name) => sourceView(reading, name)) };
}

function sourceType(namespace: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(namespace)?.[1]?.toUpperCase() ?? 'UNKNOWN';
  return scheme === 'POSTGRES' ? 'POSTGRESQL' : scheme;
}

/** Every tag that a dataset or a job carries now. */
export class TagList {
  #entries = -1;
  #tags: readonly string[] = [];

  page({ ledger: { state } }: Reading, { limit, offset }: Page) {
    if (this.#entries !== state.entries) {
      const tags = new Set<string>();
      for (let row = 0; row < state.assets.count; row++)
        for (const tag of state.assets.view(row, NOW).tags) tags.add(tag);
      this.#tags = [...tags].sort();
      this.#entries = state.entries;
    }
    return { tags: this.#tags.slice(offset, offset + limit).map((name) => ({ name, description: null })) };
  }
}
