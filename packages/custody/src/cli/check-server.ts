/** What a Custody server knows that a check wants: labels of columns, and what an asset reaches. It may be away. */
import type { z } from '@hono/zod-openapi';
import type { AssetPage, Lineage } from '../api/contract.ts';
import { roleSaidBy, type AssetRole } from '../fold/asset-role.ts';
import type { LabelPattern } from '../producers/check/label-flow.ts';
import { stringOf, type Invocation } from './command.ts';
import { connect, type Connection } from './connection.ts';

type Asset = z.infer<typeof AssetPage>['items'][number];
type Graph = z.infer<typeof Lineage>;

/** What lies downstream of an asset. */
export interface ServerReach {
  readonly id: string;
  readonly counts: ReadonlyMap<AssetRole, number>;
  /** Without jobs, the nearest first. */
  readonly names: readonly string[];
}

const REQUEST_MS = 10_000;
const ALL_MS = 60_000;
const DEPTH = 100;
const NODES = 5_000;
/** Assets that one name may mean. */
const FOUND_MAX = 5;

export class CheckServer {
  /** What went wrong, for a note; a server that is away ends no check. */
  readonly notes: string[] = [];
  #connection: Connection | null;
  readonly #until = Date.now() + ALL_MS;

  private constructor(connection: Connection | null) {
    this.#connection = connection;
  }

  get isThere(): boolean {
    return this.#connection !== null;
  }

  /** A server is asked where one is named, or where the verdict is recorded. */
  static async open(invocation: Invocation): Promise<CheckServer> {
    const isNamed =
      stringOf(invocation, 'url') !== undefined ||
      process.env['CUSTODY_URL'] !== undefined ||
      stringOf(invocation, 'data') !== undefined ||
      invocation.values['record'] === true;
    if (!isNamed) return new CheckServer(null);
    try {
      return new CheckServer(await connect(invocation));
    } catch (error) {
      const none = new CheckServer(null);
      none.notes.push(`no server was asked: ${(error as Error).message}`);
      return none;
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
  }

  /** Labels of columns that people accepted. */
  async labels(): Promise<LabelPattern[]> {
    const answer = await this.#ask<{ items: { dataset: { name: string }; column: string; label: string }[] }>(
      '/custody/v1/labels?state=accepted',
    );
    return (answer?.items ?? []).map(({ dataset, column, label }) => ({
      table: dataset.name.toLowerCase().split('.'),
      column: column.toLowerCase(),
      labels: [label],
      isFullName: true,
    }));
  }

  /** Assets that one of the names means, and what they reach; `undefined` where the server could not be asked. */
  async reach(names: readonly string[]): Promise<readonly ServerReach[] | undefined> {
    const found = new Map<string, Asset>();
    for (const name of names) {
      // A whole store: what lies in it.
      const isStore = /^[\w+.-]+:\/\/[^/]+$/.test(name);
      const query = new URLSearchParams({ ...(isStore ? { namespace: name } : { q: lastPart(name) }), limit: '500' });
      const page = await this.#ask<{ items: Asset[] }>(`/custody/v1/assets?${query}`);
      if (page === null) return undefined;
      const here = isStore ? page.items.filter(({ kind }) => kind === 'dataset') : meant(page.items, name);
      if (here.length > FOUND_MAX)
        this.notes.push(`${name} is ${here.length} assets; the first ${FOUND_MAX} were asked`);
      for (const one of here.slice(0, FOUND_MAX)) found.set(one.id, one);
      if (found.size > 0) break;
    }
    const reached: ServerReach[] = [];
    for (const { id } of found.values()) {
      const query = new URLSearchParams({ asset: id, direction: 'down', depth: String(DEPTH), limit: String(NODES) });
      const graph = await this.#ask<Graph>(`/custody/v1/lineage?${query}`);
      if (graph === null) return undefined;
      reached.push(reachIn(graph));
    }
    return reached;
  }

  async #ask<T>(path: string): Promise<T | null> {
    if (this.#connection === null) return null;
    const left = this.#until - Date.now();
    try {
      if (left <= 0) throw new Error(`it took more than ${ALL_MS / 1000} seconds in all`);
      return await this.#connection.json<T>(path, { signal: AbortSignal.timeout(Math.min(REQUEST_MS, left)) });
    } catch (error) {
      this.notes.push(`the server was not asked any further: ${(error as Error).message}`);
      await this.close();
      return null;
    }
  }
}

const lastPart = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1).slice(0, 200) || name.slice(-200);

/**
 * Assets whose name is the one wanted, in whatever namespace. Where none is, the one asset whose name ends in all parts of
 * the one wanted, if it has at least two: the repository may not know the database. Nothing is taken for what it may be.
 */
function meant(items: readonly Asset[], wanted: string): readonly Asset[] {
  const name = wanted.toLowerCase();
  const exact = items.filter(
    (one) =>
      one.name.toLowerCase() === name || `${one.namespace.replace(/\/+$/, '')}/${one.name}`.toLowerCase() === name,
  );
  if (exact.length > 0) return exact;
  if (!name.includes('.') || name.includes('://')) return [];
  const ending = items.filter((one) => one.name.toLowerCase().endsWith(`.${name}`));
  return ending.length === 1 ? ending : [];
}

function reachIn({ root, nodes }: Graph): ServerReach {
  const counts = new Map<AssetRole, number>();
  const names: string[] = [];
  for (const { id, kind, name, type, tags, distance } of [...nodes].sort((a, b) => a.distance - b.distance)) {
    if (id === root || distance <= 0) continue;
    const role = roleSaidBy(kind, type, tags) ?? 'dataset';
    counts.set(role, (counts.get(role) ?? 0) + 1);
    if (kind === 'dataset') names.push(name);
  }
  return { id: root, counts, names };
}
