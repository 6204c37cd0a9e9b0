/** A transparency log in memory: leaves, signed checkpoints, inclusion and consistency proofs (RFC 9162 section 2.1). */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import {
  commitment,
  emptyRoot,
  formatCheckpoint,
  formatNote,
  formatProof,
  formatVerifierKey,
  keyId,
  leafHash,
  nodeHash,
  toBase64,
  toHex,
  utf8,
} from '@custody/verify';

/** An Ed25519 key from a 32-byte seed, so that a fixture keeps its key between starts. */
function keyFromSeed(seed) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { privateKey, publicKey: new Uint8Array(publicKey) };
}

export class FixtureLog {
  constructor(origin, seed = 7) {
    this.origin = origin;
    const { privateKey, publicKey } = keyFromSeed(seed);
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.key = formatVerifierKey(origin, publicKey);
    this.leaves = [];
    this.texts = [];
    this.memo = new Map();
  }

  append(text) {
    this.texts.push(text);
    this.leaves.push(leafHash(utf8(text)));
  }

  leafHex(index) {
    return toHex(this.leaves[index]);
  }

  /** Hash of the leaves from `from` up to, not including, `to`. */
  hash(from, to) {
    if (to - from === 1) return this.leaves[from];
    const id = `${from}:${to}`;
    const known = this.memo.get(id);
    if (known) return known;
    const middle = from + split(to - from);
    const value = nodeHash(this.hash(from, middle), this.hash(middle, to));
    this.memo.set(id, value);
    return value;
  }

  root(size = this.leaves.length) {
    return size === 0 ? emptyRoot() : this.hash(0, size);
  }

  checkpoint(size = this.leaves.length) {
    const text = formatCheckpoint(this.origin, size, this.root(size));
    const signature = new Uint8Array(sign(null, Buffer.from(text), this.privateKey));
    return formatNote(text, [{ name: this.origin, id: keyId(this.origin, this.publicKey), signature }]);
  }

  inclusion(index, size = this.leaves.length) {
    const path = (from, to) => {
      if (to - from === 1) return [];
      const middle = from + split(to - from);
      return index < middle
        ? [...path(from, middle), this.hash(middle, to)]
        : [...path(middle, to), this.hash(from, middle)];
    };
    return path(0, size);
  }

  consistency(size1, size2) {
    const prove = (m, from, to, whole) => {
      const n = to - from;
      if (m === n) return whole ? [] : [this.hash(from, to)];
      const k = split(n);
      return m <= k
        ? [...prove(m, from, from + k, whole), this.hash(from + k, to)]
        : [...prove(m - k, from + k, to, false), this.hash(from, from + k)];
    };
    return size1 === 0 || size1 === size2 ? [] : prove(size1, 0, size2, true);
  }

  proof(index) {
    return formatProof(index, this.inclusion(index), { entry: this.texts[index], key: this.key }, this.checkpoint());
  }
}

const split = (n) => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

export const base64 = toBase64;
export const payloadCommitment = (salt, bytes) => `sha256:${toHex(commitment(salt, bytes))}`;
