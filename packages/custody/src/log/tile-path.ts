/** C2SP tlog-tiles paths: `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`. */

export const TILE_WIDTH = 256;

export interface TileName {
  /** Level of a hash tile, or `entries` for a bundle. */
  readonly level: number | 'entries';
  readonly index: number;
  /** 1..255 for a partial tile, 256 for a full one. */
  readonly width: number;
}

export function formatTilePath({ level, index, width }: TileName): string {
  const groups: string[] = [];
  let rest = index;
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Null for anything that is not exactly a path of the specification, such as `01` or a leading `x000`. */
export function parseTilePath(path: string): TileName | null {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!match) return null;
  const level: TileName['level'] = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number(match[2]!.replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (level !== 'entries' && level > 63) return null;
  if (width > TILE_WIDTH || (match[3] !== undefined && width === TILE_WIDTH)) return null;
  const name: TileName = { level, index, width };
  return formatTilePath(name) === path ? name : null;
}
