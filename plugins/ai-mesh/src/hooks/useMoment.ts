import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import type { PollingOptions } from './usePolling';
import { useSearchParam } from './useSearchParam';

/** A moment as an address has it (ISO 8601); empty where there is none, or nothing that can be read. */
export const parseMoment = (written: string | null): string => {
  const time = written ? Date.parse(written) : NaN;
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
};

/** The moment that the reader looks at (ISO 8601), from the address; empty for now. */
export function useMoment() {
  return useSearchParam<string>('at', parseMoment, '');
}

/** One that is away comes back, and a cluster that has just been found is still being listed. */
const mayTellMore = ({ name, status }: Source) =>
  ['unreachable', 'stale'].includes(status) ||
  (name === 'kubernetes' && status === 'partial');

/** Until when to ask about a moment: what was then does not change, once everybody who knows of it has told. */
export const paceOf = (
  at: string | undefined,
): Pick<PollingOptions<{ sources: readonly Source[] }>, 'isFinal'> =>
  at ? { isFinal: ({ sources }) => !sources.some(mayTellMore) } : {};
