import { setTimeout as sleep } from 'timers/promises';
import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Whether nothing holds an object any more. Whoever asks must not hold it either, in a variable of the same function. */
export async function isForgotten(held: WeakRef<object>): Promise<boolean> {
  for (let round = 0; round < 10 && held.deref(); round++) {
    // What was looked at is held until the turn ends.
    await sleep(5);
    collect();
  }
  return held.deref() === undefined;
}
