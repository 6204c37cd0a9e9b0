/** BLAKE3, which node:crypto does not have. Loaded only where a signature asks for it. */
import { createBLAKE3 } from 'hash-wasm';
import type { StreamHash } from './hash-range.ts';

export async function blake3Hasher(): Promise<StreamHash> {
  const hash = await createBLAKE3();
  return {
    start: () => void hash.init(),
    update: (bytes) => void hash.update(bytes),
    hex: () => hash.digest('hex'),
  };
}
