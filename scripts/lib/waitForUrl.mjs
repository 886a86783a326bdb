import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './shell.mjs';

/** Who waits for so long wants to know what for. */
const SAY_EVERY_MS = 30_000;

/**
 * Waits until a URL answers with 2xx, and says now and then that it still does. Throws, naming the log, when that takes too
 * long or the wait is pointless.
 */
export async function waitForUrl(url, { what, log, seconds, gaveUp, headers }) {
  const started = Date.now();
  const deadline = started + seconds * 1000;
  let saidAt = started;
  let last = 'no answer';
  while (Date.now() < deadline && !gaveUp()) {
    try {
      const response = await fetch(url, {
        headers,
        signal: AbortSignal.timeout(5000),
      });
      if (response.ok) {
        return;
      }
      last = `HTTP ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    if (Date.now() - saidAt >= SAY_EVERY_MS) {
      saidAt = Date.now();
      say(
        `still waiting for ${what} after ${Math.round((saidAt - started) / 1000)} s (${last}); see ${log}`,
      );
    }
    await sleep(300);
  }
  throw new Error(
    gaveUp()
      ? `${what} did not start; see ${log}`
      : `${what} did not answer within ${seconds} s (${last}); see ${log}`,
  );
}
