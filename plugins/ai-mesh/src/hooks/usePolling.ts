import {
  CONFIGURATION_CHANGED_CHANNEL,
  withNamesIn,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useSignal } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { catalogueOf, useLanguage } from '../translation';

/** How long an answer counts as fresh while somebody looks. */
export const REFRESH_INTERVAL_MS = 15_000;

/** What was asked so long ago before somebody looks again is not waited for: its connection may have gone with the sleep. */
const HUNG_MS = 60_000;

/** An answer that is kept fresh. */
export interface Polled<T> {
  /** The last good answer, with names in the reader's language; it stays through a refresh, also a failed one. */
  data?: T;
  /** Why the last try failed; absent once a try succeeds. */
  error?: Error;
  /** A request is under way. */
  loading: boolean;
  /** Asks again at once. */
  refresh: () => void;
}

interface PollingState<T> {
  subject: string;
  data?: T;
  error?: Error;
  loading: boolean;
}

/** What differs from the usual polling of the mesh. */
export interface PollingOptions<T> {
  /** How long an answer counts as fresh, milliseconds. */
  everyMs?: number;
  /** Whether another answer to the same question would be the same. */
  isFinal?: (answer: T) => boolean;
  /** The signals channel on which a message asks at once. */
  channel?: string;
}

/**
 * Asks now, and again every 15 s for as long as the page is visible and the answer may change.
 * A new request aborts the one before it; leaving the page aborts the last.
 * Where the portal has signals, an edit of the mesh asks at once.
 *
 * @param subject - what the answer is about: when it changes, the old answer is dropped
 * @param request - the question's parameters: when they change, the old answer stays until the new one is there
 * @param ask - must depend on nothing but the two
 */
export function usePolling<T>(
  subject: string,
  request: string,
  ask: (signal: AbortSignal) => Promise<T>,
  options: PollingOptions<T> = {},
): Polled<T> {
  const {
    everyMs = REFRESH_INTERVAL_MS,
    isFinal = () => false,
    channel = CONFIGURATION_CHANGED_CHANNEL,
  } = options;
  const [state, update] = useReducer(keepAnswer<T>, { subject, loading: true });
  const [round, refresh] = useReducer((count: number) => count + 1, 0);
  const { lastSignal: edit } = useSignal(channel);
  const latestAsk = useRef(ask);
  latestAsk.current = ask;
  // Read where the next round is set, so that another pace does not ask again by itself.
  const pace = useRef({ everyMs, isFinal });
  pace.current = { everyMs, isFinal };

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAt = 0;
    let underway = false;
    let settled = false;

    /** Sets the next round, unless nobody looks, or there is nothing to learn; looking again sets it too. */
    const schedule = (run: () => void) => {
      clearTimeout(timer);
      const rests = document.hidden || underway || settled;
      if (!controller.signal.aborted && !rests) {
        const { everyMs: pause } = pace.current;
        const wait = askedAt + pause - Date.now();
        // A clock that was set back makes nobody wait for longer.
        timer = setTimeout(run, Math.min(pause, Math.max(0, wait)));
      }
    };
    const run = async () => {
      askedAt = Date.now();
      underway = true;
      update({ loading: true });
      try {
        const data = await latestAsk.current(controller.signal);
        settled = pace.current.isFinal(data);
        if (!controller.signal.aborted) {
          update({ subject, data, error: undefined, loading: false });
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          update({ subject, error: toError(error), loading: false });
        }
      }
      underway = false;
      schedule(run);
    };
    const resume = () => {
      if (underway && !document.hidden && Date.now() - askedAt > HUNG_MS) {
        refresh();
      } else {
        schedule(run);
      }
    };

    document.addEventListener('visibilitychange', resume);
    run();
    return () => {
      document.removeEventListener('visibilitychange', resume);
      clearTimeout(timer);
      controller.abort();
    };
  }, [subject, request, round, edit]);

  const language = catalogueOf(useLanguage())?.sentences;
  const data = useMemo(
    () =>
      state.data !== undefined && language
        ? withNamesIn(state.data, language)
        : state.data,
    [state.data, language],
  );
  const current = state.subject === subject;
  return {
    data: current ? data : undefined,
    error: current ? state.error : undefined,
    loading: current ? state.loading : true,
    refresh: useCallback(() => refresh(), []),
  };
}

/** A failed refresh keeps the answer, but never another subject's. */
function keepAnswer<T>(
  before: PollingState<T>,
  change: Partial<PollingState<T>>,
): PollingState<T> {
  const sameSubject =
    change.subject === undefined || change.subject === before.subject;
  return { ...before, ...(sameSubject ? {} : { data: undefined }), ...change };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
