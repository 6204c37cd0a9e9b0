/** A drawn inclusion proof: the path in the accent colour, beside it the neighbours that the proof brings. */
import { figure } from '../text/wording.ts';
import type { PathStep } from './proof-path.ts';

const WIDTH = 320;
const BOX = { width: 78, height: 22 };
const STEP = 43;
/** Half the distance between the two boxes of a level. */
const HALF = 46;
const EDGE = BOX.width / 2 + 2;
/** Levels drawn at the top and at the bottom; what lies between is counted. */
const TOP = 3;
const BOTTOM = 3;

interface Level {
  readonly y: number;
  readonly path: { readonly x: number; readonly hash: string };
  readonly sibling: { readonly x: number; readonly hash: string } | null;
  /** Middle of the pair, and where its parent stands. */
  readonly parentX: number | null;
  /** Levels left out between the parent and this one. */
  readonly left: number;
}

function levelsOf(path: readonly PathStep[]): readonly Level[] {
  const cut = path.length > TOP + BOTTOM + 2 ? path.length - TOP - BOTTOM - 1 : 0;
  const shown = cut === 0 ? path : [...path.slice(0, TOP + 1), ...path.slice(-BOTTOM)];
  const levels: Level[] = [];
  let y = 2;
  shown.forEach((step, n) => {
    const parent = levels.at(-1);
    const left = cut > 0 && n === TOP + 1 ? cut : 0;
    if (!parent) {
      levels.push({ y, path: { x: WIDTH / 2, hash: step.hash }, sibling: null, parentX: null, left: 0 });
      return;
    }
    y += STEP + (left > 0 ? 18 : 0);
    const middle = Math.min(WIDTH - EDGE - HALF, Math.max(EDGE + HALF, parent.path.x));
    const siblingOnLeft = step.siblingSide === 'left';
    levels.push({
      y,
      path: { x: middle + (siblingOnLeft ? HALF : -HALF), hash: step.hash },
      sibling: { x: middle + (siblingOnLeft ? -HALF : HALF), hash: step.sibling ?? '' },
      parentX: parent.path.x,
      left,
    });
  });
  return levels;
}

interface ProofPictureProps {
  readonly path: readonly PathStep[];
  readonly index: number;
  /** In base64, as the checkpoint writes it, so that the two can be compared. */
  readonly root: string;
}

export function ProofPicture({ path, index, root }: ProofPictureProps) {
  const levels = levelsOf(path);
  const height = (levels.at(-1)?.y ?? 0) + BOX.height + 3;
  const hashes = path.length - 1;
  const label =
    hashes === 0
      ? `Inclusion proof: entry ${figure(index)} is the only one, so its hash is the root`
      : `Inclusion proof: the hash of entry ${figure(index)} is joined with ${hashes} neighbours, level by level, and gives the root ${root.slice(0, 8)} that the log signed`;
  return (
    <svg className="proof-picture" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      {levels.map(({ y, path: node, sibling, parentX, left }) => {
        if (parentX === null || !sibling) return null;
        const from = y - STEP + BOX.height - (left > 0 ? 18 : 0);
        const bend = y - 10;
        return (
          <g key={y}>
            <path className="way" d={`M${parentX} ${from}V${bend}H${sibling.x}V${y}`} />
            <path
              className="way on"
              d={`M${parentX} ${from}V${bend}H${node.x}V${y}`}
              strokeDasharray={left > 0 ? '3 3' : undefined}
            />
            {left > 0 && (
              <text
                className="between"
                x={parentX + (parentX > WIDTH / 2 ? -8 : 8)}
                y={from + 16}
                textAnchor={parentX > WIDTH / 2 ? 'end' : 'start'}
              >
                {left} more {left === 1 ? 'level' : 'levels'}
              </text>
            )}
          </g>
        );
      })}
      {levels.map(({ y, path: node, sibling }, n) => (
        <g key={y}>
          {sibling && <Box x={sibling.x} y={y} text={`${sibling.hash.slice(0, 6)}…`} on={false} />}
          <Box
            x={node.x}
            y={y}
            text={
              n === 0
                ? `root ${root.slice(0, 4)}…`
                : n === levels.length - 1
                  ? figure(index)
                  : `${node.hash.slice(0, 6)}…`
            }
            on
            leaf={n === levels.length - 1 && n > 0}
          />
        </g>
      ))}
    </svg>
  );
}

interface BoxProps {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly on: boolean;
  readonly leaf?: boolean;
}

function Box({ x, y, text, on, leaf = false }: BoxProps) {
  return (
    <g className={on ? (leaf ? 'box on leaf' : 'box on') : 'box'}>
      <rect x={x - BOX.width / 2} y={y} width={BOX.width} height={BOX.height} rx="5" />
      <text x={x} y={y + 15} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
