/** Which samples a scrape asks for. */
export interface WantedSamples {
  /** Their names; all where none is given. */
  names: readonly string[];
  /** Of Istio's histograms the buckets with these bounds (`le`); all where none is given. */
  bounds: readonly string[];
}

/**
 * What a scrape asks for, of the text of all that there is: a mesh of thousands of services has a gigabyte of it, of which a
 * Prometheus on a small machine has to keep less, and need not be sent the rest.
 *
 * @param pieces - of whole lines
 */
export function* wantedSamples(
  pieces: Iterable<string>,
  wanted: WantedSamples,
): Iterable<string> {
  if (wanted.names.length === 0 && wanted.bounds.length === 0) {
    yield* pieces;
    return;
  }
  const names = new Set(wanted.names);
  const bounds = new Set(wanted.bounds);
  for (const piece of pieces) {
    let kept = '';
    for (const line of piece.split('\n')) {
      if (isWanted(line, names, bounds)) {
        kept += `${line}\n`;
      }
    }
    if (kept) {
      yield kept;
    }
  }
}

const BOUND = ',le="';

function isWanted(
  line: string,
  names: ReadonlySet<string>,
  bounds: ReadonlySet<string>,
): boolean {
  if (line === '') {
    return false;
  }
  if (line.startsWith('#')) {
    return true;
  }
  const labels = line.indexOf('{');
  const name = line.slice(0, labels < 0 ? line.indexOf(' ') : labels);
  if (names.size > 0 && !names.has(name)) {
    return false;
  }
  if (bounds.size === 0 || !/^istio_.*_bucket$/.test(name)) {
    return true;
  }
  const bound = line.lastIndexOf(BOUND) + BOUND.length;
  return bounds.has(line.slice(bound, line.indexOf('"', bound)));
}
