import { appendFileSync } from 'fs';

const { AI_MESH_FUZZ_SEED, AI_MESH_FUZZ_UNTIL, AI_MESH_FUZZ_REPORT } =
  process.env;

/** Unix milliseconds until when `npm run fuzz` lets this file go on; 0: a short run of always the same attempts. */
const UNTIL = Number(AI_MESH_FUZZ_UNTIL ?? 0);
const SEED = Number(AI_MESH_FUZZ_SEED ?? 1);

/** What a run came to. */
export interface FuzzFigures {
  attempts: number;
  longestStallMs?: number;
  /** Characters. */
  largestAnswer?: number;
  /** Whatever else is worth telling. */
  [more: string]: unknown;
}

/** How long attacks go on, from which seed, and where they say what they came to. */
export const fuzzRun = {
  isLong: UNTIL > 0,

  /** What is left of the time, with what it takes to begin and to end. */
  get timeoutMs(): number {
    return Math.max(0, UNTIL - Date.now()) + 300_000;
  },

  /**
   * Once in a short run; in a long one again and again, each round from a seed of its own.
   *
   * @param share - the part of the time that is left, 0..1
   */
  async rounds(
    round: (seed: number) => unknown,
    share: number = 1,
  ): Promise<void> {
    const until = Date.now() + (UNTIL - Date.now()) * share;
    let seed = SEED;
    do {
      await round(seed++);
    } while (Date.now() < until);
  },

  report(what: string, figures: FuzzFigures): void {
    if (AI_MESH_FUZZ_REPORT) {
      appendFileSync(
        AI_MESH_FUZZ_REPORT,
        `${JSON.stringify({ what, ...figures })}\n`,
      );
    }
  },
};
