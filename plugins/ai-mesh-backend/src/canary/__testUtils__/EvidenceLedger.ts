import type { CanaryProgress } from '../machine';
import { CountingPrometheus } from './CountingPrometheus';

/** Of some thousands: what a sum of many fractions may be off by. */
const ROUNDING = 1e-3;

/**
 * Compares what a canary keeps of its evidence with what has come since its counting began, see {@link CountingPrometheus}:
 * neither a slice that was lost nor one that was taken twice stays unseen.
 */
export class EvidenceLedger {
  /** In words; nothing where all that came was counted, once. */
  readonly wrong: string[] = [];
  /** Up to where all was counted when counting began, and when counting of the further gates did. */
  #begun?: number;
  #begunEvents?: number;

  look({ counted, quality }: CanaryProgress): void {
    if (counted) {
      const [{ canary, stable }] = counted.shares.errorRate.spans;
      const requests = canary.requests + stable.requests;
      this.#begun ??=
        counted.until - requests / CountingPrometheus.requestsIn(1);
      this.#compare(
        'requests',
        requests,
        CountingPrometheus.requestsIn(counted.until - this.#begun),
      );
      if (!quality) {
        this.#begunEvents = counted.until;
      }
    }
    if (quality) {
      const [votes] = quality.shares.votes.evidence.spans;
      const counts = votes.canary.requests + votes.stable.requests;
      this.#begunEvents ??=
        quality.until - counts / CountingPrometheus.eventsIn(1);
      const come = CountingPrometheus.eventsIn(
        quality.until - this.#begunEvents,
      );
      this.#compare('votes', counts, come);
      const [scores] = quality.means!.score.evidence.spans;
      this.#compare('scores', scores.canary.count + scores.stable.count, come);
    }
  }

  #compare(what: string, counted: number, come: number): void {
    if (!(Math.abs(counted - come) < ROUNDING)) {
      this.wrong.push(`${counted} ${what} were counted, ${come} came`);
    }
  }
}
