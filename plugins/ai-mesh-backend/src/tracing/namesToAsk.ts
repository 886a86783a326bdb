import type { TracedService } from './TracingClient';

export type Workload = TracedService['workloads'][number];

/** A service that may be a workload's, as far as names tell. */
export interface Guess {
  readonly name: string;
  readonly workload: Workload;
}

/**
 * Which services to ask whether a workload reports as them, the likeliest first: those that are called like it, then by
 * name. What is known by its name already need not be asked.
 */
export function namesToAsk(
  all: readonly string[],
  { names, workloads }: TracedService,
): Guess[] {
  const known = new Set(names);
  return all
    .filter(name => !known.has(name))
    .flatMap(name => workloads.map(workload => ({ name, workload })))
    .map(guess => ({ guess, shared: sharedWords(guess) }))
    .sort(
      (a, b) =>
        b.shared - a.shared || a.guess.name.localeCompare(b.guess.name, 'en'),
    )
    .map(({ guess }) => guess);
}

/** `chat-backend` and the workload `chat-v1` share one. */
function sharedWords({ name, workload }: Guess): number {
  const words = wordsOf(name);
  return wordsOf(workload.name).filter(word => words.includes(word)).length;
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 2);
}
