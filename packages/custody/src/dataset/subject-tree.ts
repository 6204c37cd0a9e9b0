/**
 * A Merkle prefix tree over the people in a dataset. Its key is a subject's token, its value the hash of that subject's rows.
 *
 * - leaf:   `SHA-256(0x00, token, value)`; value: SHA-256 of the digests of the subject's rows, in order of bytes, duplicates
 *   kept.
 * - branch: `SHA-256(0x01, n as 2 bytes, the first n bits of every token below with zeros after them as 32 bytes, left,
 *   right)`: tokens below differ first in bit n; left has 0 there.
 * - empty:  `SHA-256(0x02)`.
 *
 * The same rows give the same root in whatever order they come. A token has one place, so that a path to that place shows
 * that somebody is not there; and taking a leaf away leaves every other node as it is, its neighbour moving up.
 */
import { hash } from 'node:crypto';
import { HASH, type RowTable } from './row-table.ts';

/** The rows of one subject. */
export interface Leaf {
  readonly token: Buffer;
  readonly value: Buffer;
  readonly rows: number;
}

/** Beside a leaf's way up. From the root down. */
export interface Turn {
  /** The bit in which the tokens below differ first. */
  readonly bit: number;
  /** The hash of the side that was not taken. */
  readonly other: string;
}

export interface SubjectProof {
  readonly token: string;
  readonly path: readonly Turn[];
  /**
   * What lies where the token's path ends: its own leaf (present), another's leaf, or a branch whose tokens all begin
   * otherwise (absent), or nothing (an empty tree).
   */
  readonly end:
    | { readonly kind: 'leaf'; readonly token: string; readonly value: string }
    | {
        readonly kind: 'branch';
        readonly bit: number;
        readonly prefix: string;
        readonly left: string;
        readonly right: string;
      }
    | { readonly kind: 'empty' };
}

export const EMPTY_ROOT: Buffer = Buffer.from(hash('sha256', Buffer.from([2]), 'hex'), 'hex');

const leafInput = Buffer.alloc(1 + 2 * HASH);
const branchInput = Buffer.alloc(1 + 2 + 3 * HASH);
branchInput[0] = 1;

function leafHash(token: Buffer, value: Buffer): string {
  token.copy(leafInput, 1);
  value.copy(leafInput, 1 + HASH);
  return hash('sha256', leafInput, 'binary');
}

/** `bit` tokens agree in all bits before it, which are those of `token`. Hashes as latin1. */
function branchHash(bit: number, token: Buffer, left: string, right: string): string {
  branchInput.writeUInt16BE(bit, 1);
  token.copy(branchInput, 3);
  const whole = bit >> 3;
  branchInput[3 + whole]! &= (0xff00 >> (bit & 7)) & 0xff;
  branchInput.fill(0, 3 + whole + 1, 3 + HASH);
  branchInput.write(left, 3 + HASH, HASH, 'latin1');
  branchInput.write(right, 3 + 2 * HASH, HASH, 'latin1');
  return hash('sha256', branchInput, 'binary');
}

const bitOf = (token: Buffer, bit: number): number => (token[bit >> 3]! >> (7 - (bit & 7))) & 1;

/** The first bit in which two tokens differ; 256 if they are the same. */
function firstDifference(a: Buffer, b: Buffer): number {
  for (let i = 0; i < HASH; i++) {
    const differs = a[i]! ^ b[i]!;
    if (differs !== 0) return i * 8 + Math.clz32(differs) - 24;
  }
  return HASH * 8;
}

/** Every subject in a table, by token. Rows of nobody (a token of zeros) are left out. */
export function* leavesOf(table: RowTable): Generator<Leaf> {
  const rows = table.sorted();
  let digests = Buffer.alloc(64 * HASH);
  for (let from = 0; from < rows.length;) {
    const token = Buffer.alloc(HASH);
    table.copyToken(rows[from]!, token, 0);
    let to = from;
    while (to < rows.length && table.hasToken(rows[to]!, token)) {
      const at = (to - from) * HASH;
      if (at + HASH > digests.length) digests = Buffer.concat([digests, Buffer.alloc(digests.length)]);
      table.copyDigest(rows[to]!, digests, at);
      to++;
    }
    const count = to - from;
    from = to;
    if (token.equals(NOBODY)) continue;
    const value = Buffer.from(hash('sha256', digests.subarray(0, count * HASH), 'binary'), 'latin1');
    yield { token, value, rows: count };
  }
}

export const NOBODY: Buffer = Buffer.alloc(HASH);

/** The root over all subjects of a table; one pass, memory for one path. `SubjectTree` gives the same. */
export function subjectRoot(table: RowTable): { root: Buffer; subjects: number } {
  const rows = table.sorted();
  /** Subtrees that wait for their right side: the bit in which the next leaf differed from them. */
  const waiting: { hash: string; bit: number }[] = [];
  const last = Buffer.alloc(HASH);
  const token = Buffer.alloc(HASH);
  let digests = Buffer.alloc(64 * HASH);
  let current = '';
  let subjects = 0;
  for (let from = 0; from < rows.length;) {
    table.copyToken(rows[from]!, token, 0);
    let count = 0;
    do {
      if ((count + 1) * HASH > digests.length) digests = Buffer.concat([digests, Buffer.alloc(digests.length)]);
      table.copyDigest(rows[from]!, digests, count * HASH);
      count++;
      from++;
    } while (from < rows.length && table.hasToken(rows[from]!, token));
    if (token.equals(NOBODY)) continue;
    if (subjects > 0) {
      const bit = firstDifference(last, token);
      current = closed(waiting, current, last, bit);
      waiting.push({ hash: current, bit });
    }
    token.copy(leafInput, 1);
    leafInput.write(hash('sha256', digests.subarray(0, count * HASH), 'binary'), 1 + HASH, HASH, 'latin1');
    current = hash('sha256', leafInput, 'binary');
    token.copy(last);
    subjects++;
  }
  if (subjects === 0) return { root: EMPTY_ROOT, subjects };
  return { root: Buffer.from(closed(waiting, current, last, -1), 'latin1'), subjects };
}

/** Joins what waits below `bit` with its right side. */
function closed(waiting: { hash: string; bit: number }[], right: string, token: Buffer, bit: number): string {
  let current = right;
  for (let top = waiting.at(-1); top !== undefined && top.bit > bit; top = waiting.at(-1)) {
    current = branchHash(top.bit, token, top.hash, current);
    waiting.pop();
  }
  return current;
}

/**
 * A tree that is held in memory, to prove from. Leaves in order of their tokens, each token once.
 */
export class SubjectTree {
  readonly #leaves: readonly Leaf[];
  readonly #hashes = new Map<string, string>();

  constructor(leaves: readonly Leaf[]) {
    this.#leaves = leaves;
  }

  get root(): Buffer {
    return this.#leaves.length === 0 ? EMPTY_ROOT : Buffer.from(this.#hash(0, this.#leaves.length), 'latin1');
  }

  /** That a subject is there with these rows, or that it is not. */
  prove(token: Buffer): SubjectProof {
    const path: Turn[] = [];
    let from = 0;
    let to = this.#leaves.length;
    for (;;) {
      if (to === 0) return { token: token.toString('hex'), path, end: { kind: 'empty' } };
      const first = this.#leaves[from]!;
      if (to - from === 1) {
        const end = { kind: 'leaf', token: first.token.toString('hex'), value: first.value.toString('hex') } as const;
        return { token: token.toString('hex'), path, end };
      }
      const bit = firstDifference(first.token, this.#leaves[to - 1]!.token);
      const middle = this.#middle(from, to, bit);
      if (firstDifference(first.token, token) < bit) {
        const [left, right] = [this.#hash(from, middle), this.#hash(middle, to)].map(hexOf) as [string, string];
        const prefix = prefixOf(first.token, bit).toString('hex');
        return { token: token.toString('hex'), path, end: { kind: 'branch', bit, prefix, left, right } };
      }
      if (bitOf(token, bit) === 0) {
        path.push({ bit, other: hexOf(this.#hash(middle, to)) });
        to = middle;
      } else {
        path.push({ bit, other: hexOf(this.#hash(from, middle)) });
        from = middle;
      }
    }
  }

  /** The first leaf with a 1 in `bit`. */
  #middle(from: number, to: number, bit: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bitOf(this.#leaves[middle]!.token, bit) === 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #hash(from: number, to: number): string {
    const first = this.#leaves[from]!;
    if (to - from === 1) return leafHash(first.token, first.value);
    const name = `${from} ${to}`;
    let known = this.#hashes.get(name);
    if (known === undefined) {
      const bit = firstDifference(first.token, this.#leaves[to - 1]!.token);
      const middle = this.#middle(from, to, bit);
      known = branchHash(bit, first.token, this.#hash(from, middle), this.#hash(middle, to));
      this.#hashes.set(name, known);
    }
    return known;
  }
}

const hexOf = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('hex');

function prefixOf(token: Buffer, bit: number): Buffer {
  const prefix = Buffer.from(token);
  for (let i = bit; i < HASH * 8; i++) prefix[i >> 3]! &= ~(1 << (7 - (i & 7)));
  return prefix;
}

/** What a proof says, where it holds together; null where it does not. */
export interface ProvenSubject {
  readonly isPresent: boolean;
  /** The root of the tree that it is of. */
  readonly root: string;
  /** The root of the same tree without the subject: every other leaf is as it was. Null where the subject is not there. */
  readonly rootWithout: string | null;
}

/** Computes the roots that a proof leads to. Compare them with signed ones: a proof by itself proves nothing. */
export function readProof(proof: SubjectProof): ProvenSubject | null {
  const token = bytesOf(proof?.token);
  if (token === null || !Array.isArray(proof.path) || proof.path.length > HASH * 8) return null;
  const turns: { bit: number; other: string }[] = [];
  for (const turn of proof.path as readonly (Turn | null)[]) {
    const bytes = bytesOf(turn?.other);
    const bit = turn?.bit as number;
    const before = turns.at(-1)?.bit ?? -1;
    if (bytes === null || !Number.isInteger(bit) || bit <= before || bit >= HASH * 8) return null;
    turns.push({ bit, other: bytes.toString('latin1') });
  }
  const last = turns.at(-1)?.bit ?? -1;
  const { end } = proof;
  let start: string;
  let isPresent = false;
  // The token whose first bits the branches on the way are bound to.
  switch (end?.kind) {
    case 'empty':
      return turns.length > 0 ? null : { isPresent, root: EMPTY_ROOT.toString('hex'), rootWithout: null };
    case 'leaf': {
      const there = bytesOf(end.token);
      const value = bytesOf(end.value);
      if (there === null || value === null) return null;
      // Another's leaf stands for the token only where both went the same way.
      if (firstDifference(there, token) <= last) return null;
      isPresent = there.equals(token);
      start = leafHash(there, value);
      break;
    }
    case 'branch': {
      const [prefix, left, right] = [bytesOf(end.prefix), bytesOf(end.left), bytesOf(end.right)];
      if (prefix === null || left === null || right === null) return null;
      if (!Number.isInteger(end.bit) || end.bit <= last || end.bit >= HASH * 8) return null;
      const differs = firstDifference(prefix, token);
      if (differs <= last || differs >= end.bit || !prefixOf(prefix, end.bit).equals(prefix)) return null;
      start = branchHash(end.bit, prefix, left.toString('latin1'), right.toString('latin1'));
      break;
    }
    default:
      return null;
  }
  const rootWithout = !isPresent
    ? null
    : turns.length === 0
      ? EMPTY_ROOT
      : upward(turns.slice(0, -1), token, turns.at(-1)!.other);
  return {
    isPresent,
    root: upward(turns, token, start).toString('hex'),
    rootWithout: rootWithout?.toString('hex') ?? null,
  };
}

function upward(turns: readonly { bit: number; other: string }[], token: Buffer, start: string): Buffer {
  let current = start;
  for (let i = turns.length - 1; i >= 0; i--) {
    const { bit, other } = turns[i]!;
    current = bitOf(token, bit) === 0 ? branchHash(bit, token, current, other) : branchHash(bit, token, other, current);
  }
  return Buffer.from(current, 'latin1');
}

function bytesOf(hex: unknown): Buffer | null {
  return typeof hex === 'string' && /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : null;
}
