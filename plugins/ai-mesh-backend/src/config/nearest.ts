/** The candidate that a mistyped word most likely meant, or undefined where none is near. */
export function nearest(
  word: string,
  candidates: readonly string[],
): string | undefined {
  const wanted = word.toLowerCase();
  const [best] = candidates
    .map(candidate => ({
      candidate,
      distance: editDistance(wanted, candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, word.length / 3)
    ? best.candidate
    : undefined;
}

/** How many letters must be put in, left out or exchanged (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[to.length];
}
