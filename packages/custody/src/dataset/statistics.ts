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
export const QUANTILES = 32;
