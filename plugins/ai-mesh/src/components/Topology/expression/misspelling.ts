/** The word that was most likely meant: one that differs in at most two letters, and in fewer than half of them. */
export function meantBy(
  written: string,
  words: readonly string[],
  most = 2,
): string | undefined {
  const [nearest] = words
    .map(word => ({ word, letters: distance(written.toLowerCase(), word) }))
    .filter(({ word, letters }) => letters <= most && letters < word.length / 2)
    .sort((a, b) => a.letters - b.letters);
  return nearest?.word;
}

/** Letters to add, to leave out or to change (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + Number(one[i - 1] !== other[j - 1]),
      );
    }
    row = next;
  }
  return row[other.length];
}
