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
    const clumps = this.#chance.binomial(requests, rate / this.#clump);
    const failing = this.#left + clumps * this.#clump;
    const bad = Math.min(requests, failing);
    this.#left = failing - bad;
    return { requests, bad };
  }
}
