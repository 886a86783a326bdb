import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a URL answers with 2xx. Throws, naming the log, when that takes too long or the wait is pointless. */
export async function waitForUrl(url, { what, log, seconds, gaveUp, headers }) {
  const deadline = Date.now() + seconds * 1000;
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
    await sleep(300);
  }
  throw new Error(
    gaveUp()
      ? `${what} did not start; see ${log}`
      : `${what} did not answer within ${seconds} s (${last}); see ${log}`,
  );
}
