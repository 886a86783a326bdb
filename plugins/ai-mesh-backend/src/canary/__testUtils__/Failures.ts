import type { Tally } from '../statistics';
import type { Chance } from './Chance';

/** Which of a version's requests fail. Clumps are whole: what follows a failure fails as well, whenever it comes. */
export class Failures {
  /** Of a clump that goes on. */
  #left = 0;
  readonly #chance: Chance;
  readonly #clump: number;

  constructor(chance: Chance, clump = 1) {
    this.#chance = chance;
    this.#clump = clump;
  }

  fail(requests: number, rate: number): Tally {
    if (this.#clump === 1) {
      return { requests, bad: this.#chance.binomial(requests, rate) };
    }
    let bad = 0;
    let before = 0;
    for (const first of this.#chance.successes(requests, rate / this.#clump)) {
      bad += this.#goOn(first - 1 - before);
      this.#left += this.#clump;
      before = first - 1;
    }
    return { requests, bad: bad + this.#goOn(requests - before) };
  }

  /** How many of so many requests one after another fail by clumps that have begun. */
  #goOn(requests: number): number {
    const bad = Math.min(requests, this.#left);
    this.#left -= bad;
    return bad;
  }
}
