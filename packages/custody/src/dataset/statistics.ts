import type { ColumnType } from './column-type.ts';

/**
 * What a column looks like, for later drift: counts that add, and cut points. Values of columns that may hold personal data
 * are not in it: of text only lengths.
 */
export interface ColumnStatistics {
  readonly name: string;
  readonly nulls: number;
  /** Different values; estimated (HyperLogLog) where `isEstimate`. */
  readonly distinct: number;
  readonly isEstimate: boolean;
  /** Of numbers their values, of text the length in characters, of dates and times microseconds or days since 1970. */
  readonly measure: 'value' | 'length' | 'time' | 'none';
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Equi-depth: as many measured values lie between one and the next. From the smallest to the largest. */
  readonly quantiles: readonly number[];
}

/** How many steps between quantiles. */
const QUANTILES = 32;
/** Shares at which the cut points lie. */
export const QUANTILE_STEPS: readonly number[] = Array.from({ length: QUANTILES + 1 }, (_, i) => i / QUANTILES);

const FEW_ROWS = 20;

/**
 * What of a column is measured. Nothing of columns that identify people, nor of whole numbers of which hardly two are alike:
 * they name something. `isNumberText`: every value of a text column is a number.
 */
export function measureOf(
  type: ColumnType,
  about: {
    readonly isIdentifying: boolean;
    readonly isNumberText: boolean;
    /** Values that are not null, and how many different ones. */
    readonly there: number;
    readonly distinct: number;
  },
): ColumnStatistics['measure'] {
  const { isIdentifying, isNumberText, there, distinct } = about;
  const isName = (type.kind === 'integer' || isNumberText) && there > FEW_ROWS && distinct > there / 2;
  if (isIdentifying || isName) return 'none';
  switch (type.kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return 'value';
    case 'text':
      return isNumberText ? 'value' : 'length';
    case 'date':
    case 'timestamp':
      return 'time';
    default:
      return 'none';
  }
}
