/** Everything that looks random here is a function of the seed and a name, so a history can be made again exactly. */
import { hash } from 'node:crypto';

const digestOf = (seed: number, name: string): Buffer => hash('sha256', `${seed}\n${name}`, 'buffer');

/** Uniform in [0, 1). */
export const uniform = (seed: number, name: string): number => digestOf(seed, name).readUIntBE(0, 6) / 2 ** 48;

/** Standard normal, by Box and Muller. */
export function normal(seed: number, name: string): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, `${name}/radius`)));
  return radius * Math.cos(2 * Math.PI * uniform(seed, `${name}/angle`));
}

/** A UUID of version 8 (RFC 9562 section 5.8: the application's own bits), always the same for a name. */
export function uuidOf(seed: number, name: string): string {
  const bytes = digestOf(seed, name).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
