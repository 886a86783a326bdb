import type {
  Finding,
  FindingCounts,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { LRUCache } from 'lru-cache';
import type { Target } from '../target/Target';
import { countFindings } from './judgeService';
import type { ReviewService } from './ReviewService';

const KEPT_MS = 60_000;
/** Entities. */
const MOST_KEPT = 1000;

/** What is counted by: a finding with its fix weighs a thousand times as much. */
type Counted = Pick<Finding, 'service' | 'severity' | 'suppressedBy'>;

interface Kept {
  readonly at: number;
  readonly findings: Promise<readonly Counted[]>;
}

/**
 * How many findings an entity has, for screens that ask every few seconds: a review asks more than they need, and what
 * it finds does not change from one glance to the next. At most a minute old; many who ask at once share one review.
 */
export class RecentFindings {
  readonly #review: Pick<ReviewService, 'review'>;
  readonly #kept = new LRUCache<string, Kept>({ max: MOST_KEPT });

  constructor(review: Pick<ReviewService, 'review'>) {
    this.#review = review;
  }

  /** Of the entity as a whole. */
  async count(target: Target, now: Date): Promise<FindingCounts> {
    return countFindings(await this.#findings(target, now));
  }

  /** Of each of the entity's services. */
  async countEach(
    target: Target,
    now: Date,
  ): Promise<(service: ServiceRef) => FindingCounts> {
    const findings = await this.#findings(target, now);
    return ({ cluster, namespace, name }) =>
      countFindings(
        findings.filter(
          ({ service }) =>
            service.cluster === cluster &&
            service.namespace === namespace &&
            service.name === name,
        ),
      );
  }

  async #findings(target: Target, now: Date): Promise<readonly Counted[]> {
    const key = keyOf(target);
    const kept = this.#kept.get(key);
    // Who asks at the same time may have begun a moment sooner; a clock that was set back makes nothing younger.
    if (kept && Math.abs(now.getTime() - kept.at) < KEPT_MS) {
      return kept.findings;
    }
    const findings = this.#review
      .review(withoutKiali(target), { now })
      .then(review =>
        review.findings.map(({ service, severity, suppressedBy }) => ({
          service,
          severity,
          suppressedBy,
        })),
      );
    this.#kept.set(key, { at: now.getTime(), findings });
    try {
      return await findings;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}

/** What Kiali adds is not counted, and one that hangs would be waited for beside the view that asks it itself. */
function withoutKiali(target: Target): Target {
  return {
    ...target,
    clusters: target.clusters.map(
      ({ cluster: { kiali: _, ...cluster }, ...one }) => ({ ...one, cluster }),
    ),
  };
}

/** Its annotations may have changed, and with them what the entity is. */
function keyOf({ entityRef, clusters }: Target): string {
  return JSON.stringify([
    entityRef,
    ...clusters.map(({ cluster, services }) => [cluster.name, services]),
  ]);
}
