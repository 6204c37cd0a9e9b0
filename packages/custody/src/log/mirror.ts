/**
 * Publishes the log as static files: the resources of tlog-tiles under a folder that any web server can serve and any
 * tlog client can read. Only what is new is written, and the checkpoint comes last, so that a reader never sees a
 * checkpoint whose tiles are not there.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseCheckpoint, parseNote } from '@custody/verify';
import type { SignedCheckpoint } from './evidence-log.ts';
import { formatTilePath, TILE_WIDTH, type TileName } from './tile-path.ts';

/** What a mirror reads from: a log, or the log of a server far away. */
export interface TileSource {
  tile(name: TileName): Promise<Uint8Array | null>;
}

/** Size of the tree that is mirrored in `folder`; 0 if it is new. */
export async function mirroredSize(folder: string): Promise<number> {
  try {
    return parseCheckpoint(parseNote(await readFile(`${folder}/checkpoint`)).text).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Writes what `checkpoint` covers and `from` does not. Returns the number of files written. */
export async function mirror(
  source: TileSource,
  checkpoint: Pick<SignedCheckpoint, 'size' | 'text'>,
  folder: string,
  from: number,
): Promise<number> {
  const names = [...tilesBetween(from, checkpoint.size)];
  for (const name of names) {
    const path = `${folder}/${formatTilePath(name)}`;
    const bytes = await source.tile(name);
    if (!bytes) throw new Error(`The log has no ${formatTilePath(name)}, which its checkpoint needs.`);
    await mkdir(dirname(path), { recursive: true });
    await put(path, bytes);
  }
  await put(`${folder}/checkpoint`, Buffer.from(checkpoint.text));
  return names.length + 1;
}

/** Tiles and bundles of the tree of `to` leaves that the tree of `from` leaves does not have. */
export function* tilesBetween(from: number, to: number): Generator<TileName> {
  for (let level = 0; ; level++) {
    const before = Math.floor(from / TILE_WIDTH ** level);
    const after = Math.floor(to / TILE_WIDTH ** level);
    if (after === 0) return;
    if (after === before) continue;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index++) {
      const width = Math.min(TILE_WIDTH, after - index * TILE_WIDTH);
      yield { level, index, width };
      if (level === 0) yield { level: 'entries', index, width };
    }
  }
}

/** Whole or not at all, for readers that come at the same moment. */
async function put(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}
