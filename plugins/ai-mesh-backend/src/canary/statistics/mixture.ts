/** ln(e^a + e^b + ...), without leaving the numbers that there are. */
export function lnSum(terms: readonly number[]): number {
  const most = Math.max(...terms);
  return Number.isFinite(most)
    ? most + Math.log(terms.reduce((sum, x) => sum + Math.exp(x - most), 0))
    : most;
}

/** The mean of e-values that are given by their logarithms: an e-value again. */
export function lnMean(terms: readonly number[]): number {
  return lnSum(terms) - Math.log(terms.length);
}

/** x ln(y), where nothing happened also of what cannot happen. */
export function xLn(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(y);
}
