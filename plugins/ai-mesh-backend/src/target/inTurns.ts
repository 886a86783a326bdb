import { setImmediate } from 'timers/promises';

/** How long long work goes on before it lets others have a turn. */
const TURN_MS = 5;

let turnEnds = 0;
let last = Promise.resolve();

/**
 * To be awaited between the steps of long work: gives way to whatever else waits, once in a while. Of long works that go on
 * beside each other one has its turn between two looks at what else there is, so that they do not add up.
 */
export async function inTurns(): Promise<void> {
  if (performance.now() > turnEnds) {
    last = last.then(() => setImmediate());
    await last;
    turnEnds = performance.now() + TURN_MS;
  }
}
