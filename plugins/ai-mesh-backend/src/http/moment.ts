import { InputError } from '@backstage/errors';
import {
  allSaid,
  wording,
  type Source,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { worded } from '../worded';

/** Clocks of a reader and of the portal differ by a little. */
const CLOCK_SKEW_MS = 60_000;
/**
 * The moment that a request is about; undefined for now.
 *
 * @throws InputError for one that has not been yet
 */
export function momentOf(request: unknown, now: Date): Date | undefined {
  const { at } = request as { at?: string };
  if (at === undefined) {
    return undefined;
  }
  const moment = new Date(at);
  if (moment.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    throw worded(
      InputError,
      wording('request.future', {
        at: moment.toISOString(),
        now: now.toISOString(),
      }),
    );
  }
  return moment;
}

/** Says in an answer's sources what its readers have to know of each cluster's Prometheus. */
export function withSilences(
  answer: unknown,
  silences: ReadonlyMap<string, Sentences>,
): unknown {
  const { sources } = answer as { sources?: Source[] };
  return silences.size === 0 || !sources
    ? answer
    : {
        ...(answer as object),
        sources: sources.map(source => {
          const said =
            source.name === 'prometheus'
              ? silences.get(source.cluster ?? '')
              : undefined;
          return said === undefined
            ? source
            : {
                ...source,
                status: source.status === 'ok' ? 'partial' : source.status,
                ...allSaid(source, said),
              };
        }),
      };
}
