import { setTimeout as delay } from 'timers/promises';

/** Waits, or until the signal is aborted; never rejects. Does not keep the process alive. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
