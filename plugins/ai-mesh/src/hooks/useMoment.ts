import { useSearchParam } from './useSearchParam';

/** A day: as good as never while somebody looks. */
const STILL_MS = 86_400_000;

/** A moment as an address has it (ISO 8601); empty where there is none, or nothing that can be read. */
export const parseMoment = (written: string | null): string => {
  const time = written ? Date.parse(written) : NaN;
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
};

/** The moment that the reader looks at (ISO 8601), from the address; empty for now. */
export function useMoment() {
  return useSearchParam<string>('at', parseMoment, '');
}

/** How often to ask about a moment: what was then does not change. */
export const paceOf = (at: string | undefined): { everyMs?: number } =>
  at ? { everyMs: STILL_MS } : {};
