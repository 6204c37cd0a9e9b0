/** Logistic regression by iteratively reweighted least squares, with standardised numbers and one-hot categories. */

export type Row = { readonly [column: string]: number | string };

/** How a row becomes numbers. Learned on the training rows only. */
export interface Encoding {
  readonly numbers: readonly { readonly column: string; readonly mean: number; readonly deviation: number }[];
  /** The first level of each category, in alphabetical order, is the one that the others are compared with. */
  readonly categories: readonly { readonly column: string; readonly levels: readonly string[] }[];
}

export interface Model {
  readonly encoding: Encoding;
  readonly intercept: number;
  /** One for each encoded column, in the order of `encodedNames`. */
  readonly weights: readonly number[];
  readonly iterations: number;
}

export const encodedNames = ({ numbers, categories }: Encoding): readonly string[] => [
  ...numbers.map(({ column }) => column),
  ...categories.flatMap(({ column, levels }) => levels.slice(1).map((level) => `${column}=${level}`)),
];

export function learnEncoding(rows: readonly Row[], columns: readonly string[]): Encoding {
  const first = rows[0];
  if (!first) throw new Error('An encoding needs at least one row.');
  return {
    numbers: columns
      .filter((column) => typeof first[column] === 'number')
      .map((column) => {
        const values = rows.map((row) => row[column] as number);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        // A column that does not vary says nothing: divided by one it becomes all zeros.
        return { column, mean, deviation: Math.sqrt(variance) || 1 };
      }),
    categories: columns
      .filter((column) => typeof first[column] === 'string')
      .map((column) => ({ column, levels: [...new Set(rows.map((row) => row[column] as string))].toSorted() })),
  };
}

/** A level that the training rows did not have counts as the first one. */
export const encode = ({ numbers, categories }: Encoding, row: Row): readonly number[] => [
  ...numbers.map(({ column, mean, deviation }) => ((row[column] as number) - mean) / deviation),
  ...categories.flatMap(({ column, levels }) => levels.slice(1).map((level) => (row[column] === level ? 1 : 0))),
];

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

const ITERATIONS_MAX = 25;
const TOLERANCE = 1e-8;

/**
 * Newton's method on the penalised log-likelihood. `ridge` is the weight of the squared coefficients; it keeps the system
 * solvable where a level is rare or separates the outcomes. The intercept is not penalised.
 */
export function fit(rows: readonly Row[], outcomes: readonly boolean[], columns: readonly string[], ridge = 1): Model {
  const encoding = learnEncoding(rows, columns);
  const inputs = rows.map((row) => [1, ...encode(encoding, row)]);
  const size = inputs[0]!.length;
  let beta = new Float64Array(size);
  let iterations = 0;
  while (iterations < ITERATIONS_MAX) {
    iterations++;
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (const [r, input] of inputs.entries()) {
      const probability = sigmoid(dot(input, beta));
      const residual = (outcomes[r] ? 1 : 0) - probability;
      const weight = probability * (1 - probability);
      for (let i = 0; i < size; i++) {
        const value = input[i]!;
        if (value === 0) continue;
        gradient[i]! += value * residual;
        const line = hessian[i]!;
        for (let j = 0; j <= i; j++) line[j]! += weight * value * input[j]!;
      }
    }
    for (let i = 1; i < size; i++) {
      gradient[i]! -= ridge * beta[i]!;
      hessian[i]![i]! += ridge;
    }
    const step = solveSymmetric(hessian, gradient);
    beta = beta.map((value, i) => value + step[i]!);
    if (Math.max(...step.map(Math.abs)) < TOLERANCE) break;
  }
  const [intercept, ...weights] = beta;
  return { encoding, intercept: intercept!, weights, iterations };
}

/** Probability of the outcome. */
export const predict = ({ encoding, intercept, weights }: Model, row: Row): number =>
  sigmoid(intercept + dot(encode(encoding, row), weights));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Solves A x = b by Cholesky's decomposition; only the lower triangle of the positive definite A is read. */
function solveSymmetric(a: readonly Float64Array[], b: Float64Array): Float64Array {
  const size = b.length;
  const lower = a.map((line) => Float64Array.from(line));
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

/**
 * Area under the ROC curve: how often a row with the outcome is ranked above one without (Mann and Whitney), ties
 * counting half.
 */
export function auc(scores: readonly number[], outcomes: readonly boolean[]): number {
  const order = scores.map((_, i) => i).toSorted((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    const rank = (from + to + 1) / 2;
    for (const index of order.slice(from, to)) {
      if (!outcomes[index]) continue;
      positives++;
      rankSum += rank;
    }
    from = to;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
