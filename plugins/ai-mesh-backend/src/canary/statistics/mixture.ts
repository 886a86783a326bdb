/** ln(e^a + e^b + ...), without leaving the numbers that there are. */
export function lnSum(terms: readonly number[]): number {
  // Loops: it is asked some hundred times a look.
  let most = -Infinity;
  for (const x of terms) {
    most = x > most ? x : most;
  }
  if (!Number.isFinite(most)) {
    return most;
  }
  let sum = 0;
  for (const x of terms) {
    sum += Math.exp(x - most);
  }
  return most + Math.log(sum);
}

/** The mean of e-values that are given by their logarithms: an e-value again. */
export function lnMean(terms: readonly number[]): number {
  return lnSum(terms) - Math.log(terms.length);
}

/** x ln(y), where nothing happened also of what cannot happen. */
export function xLn(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(y);
}
