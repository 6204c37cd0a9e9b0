/** Tail probabilities, to about ten digits where they matter: near the levels at which something is decided. */

/** ln of the gamma function (Lanczos, g = 7, 9 terms). */
function lnGamma(x: number): number {
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  let sum = c[0]!;
  for (let i = 1; i < 9; i++) sum += c[i]! / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularized upper incomplete gamma function Q(a, x): series below a + 1, continued fraction (Lentz) above. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(-x + a * Math.log(x) - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * 1e-15; n++) sum += term *= x / (a + n);
    return Math.max(0, 1 - sum * scale);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b || 1e-300);
    c = b + an / c || 1e-300;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return scale * h;
}

/** P(X >= x), X chi-squared. */
export const chiSquaredTail = (x: number, degrees: number): number =>
  degrees < 1 ? 1 : upperGamma(degrees / 2, x / 2);

/** P(|Z| >= z), Z standard normal. */
export const normalTail = (z: number): number => upperGamma(0.5, (z * z) / 2);

/** P(X >= k), X Poisson. */
export const poissonTail = (k: number, mean: number): number => (k <= 0 ? 1 : mean <= 0 ? 0 : 1 - upperGamma(k, mean));

/** P(K >= d) of the two-sample Kolmogorov-Smirnov statistic (Stephens 1970), `n` the effective size n1 n2 / (n1 + n2). */
export function kolmogorovTail(d: number, n: number): number {
  const root = Math.sqrt(n);
  const lambda = (root + 0.12 + 0.11 / root) * d;
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
    sum += term;
    if (Math.abs(term) < 1e-16) break;
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * Benjamini and Hochberg (1995): which of many tests to believe so that of those believed the expected share of false
 * ones is at most `alpha`. In the order given.
 */
export function benjaminiHochberg(ps: readonly number[], alpha: number): boolean[] {
  const order = ps.map((p, i) => [p, i] as const).sort((a, b) => a[0] - b[0]);
  let last = -1;
  order.forEach(([p], rank) => {
    if (p <= (alpha * (rank + 1)) / ps.length) last = rank;
  });
  const believed = ps.map(() => false);
  for (let rank = 0; rank <= last; rank++) believed[order[rank]![1]] = true;
  return believed;
}
