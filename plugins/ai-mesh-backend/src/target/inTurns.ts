import { setImmediate } from 'timers/promises';

/** How long long work goes on before it lets others have a turn. */
const TURN_MS = 10;

let turnEnds = 0;

/** To be awaited between the steps of long work: gives way to whatever else waits, once in a while. */
export async function inTurns(): Promise<void> {
  const now = performance.now();
  if (now > turnEnds) {
    await setImmediate();
    turnEnds = performance.now() + TURN_MS;
  }
}
