import {
  known,
  unknown,
  wording,
  wordsOf,
  type CanaryOutlook,
  type CanaryPlan,
  type CanaryPower,
  type CanaryPreflightCheck,
  type CanaryWeights,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { canaryPlanWeights } from '@ai-mesh/plugin-ai-mesh-common';
import {
  evidenceRequestOf,
  shortestWindowSeconds,
  USUAL_SCRAPE_SECONDS,
} from '../engine/CanaryCluster';
import { trafficOfLate } from '../evidence';
import { SETTLE_SECONDS } from '../evidence/countQueries';
import { planOfOne } from '../gates';
import { decisionPower, foreseenGates, usual } from '../power';
import { SplitRefusal, stepsOf } from '../split';
import { ok, warns, type FoundRoute } from './PreflightSubject';
import type { OfferedGates } from './qualityGatesCheck';

/** What the plan, and those that may be chosen instead, come to at today's traffic. */
export async function outlookOf(
  route: FoundRoute,
  present: CanaryWeights,
  steps: readonly number[],
  { gates, measures }: OfferedGates,
  signal: AbortSignal,
): Promise<Measured<CanaryOutlook>> {
  const { subject, cluster, found } = route;
  const percentOf = (role: string) =>
    present.destinations
      .filter(destination => destination.role === role)
      .reduce((sum, { percent }) => sum + percent, 0);
  const [stable, canary] = [percentOf('stable'), percentOf('canary')];
  if (stable === 0) {
    return unknown('no-traffic', [wording('figure.stableGetsNone')]);
  }
  const shortest = shortestWindowSeconds(cluster);
  const traffic = await trafficOfLate(
    evidenceRequestOf(route.subject, route, signal),
    shortest,
  );
  if (traffic.status === 'unknown') {
    return traffic;
  }
  const { before, seconds } = traffic.value;
  const requestsPerSecond = (traffic.value.requestsPerSecond * 100) / stable;
  const { scrapeIntervalSeconds: scrapeSeconds = USUAL_SCRAPE_SECONDS } =
    cluster;
  const powerOf = async (
    plan: CanaryPlan,
    weights: readonly number[],
  ): Promise<{ power?: CanaryPower }> => {
    const power = await decisionPower({
      plan: planOfOne({ ...subject, plan }),
      steps: weights,
      both: stable + canary,
      present: canary,
      requestsPerSecond,
      before,
      scrapeSeconds,
      further: foreseenGates(plan, gates, measures, stable),
      lagSeconds: (cluster.settleSeconds ?? SETTLE_SECONDS) + scrapeSeconds / 2,
    });
    return power ? { power } : {};
  };
  const { power } = await powerOf(subject.plan, steps);
  return known({
    traffic: {
      requestsPerSecond,
      errorRatio: usual(before.slices.errorRate),
      seconds,
    },
    ...(power && { plan: power }),
    presets: await Promise.all(
      (subject.presets ?? []).map(async ({ name, plan }) => ({
        name,
        ...(await powerOf(
          // A form that fills in a preset raises it to what the cluster can judge.
          {
            ...plan,
            intervalSeconds: Math.max(plan.intervalSeconds, shortest),
          },
          stepsFor(plan),
        )),
      })),
    ),
  });

  function stepsFor(plan: CanaryPlan): number[] {
    try {
      return stepsOf(found, canaryPlanWeights(plan));
    } catch (error) {
      // Weights that the route cannot hold are a preset's that cannot be chosen here.
      if (error instanceof SplitRefusal) {
        return [];
      }
      throw error;
    }
  }
}

/** Whether today's traffic is enough for the plan to end by itself. */
export function powerChecks(
  { subject: { plan } }: FoundRoute,
  outlook: Measured<CanaryOutlook>,
): CanaryPreflightCheck[] {
  if (outlook.status === 'unknown') {
    // Whether there are metrics at all is a check of its own.
    return ['source-unreachable', 'not-configured'].includes(outlook.reason)
      ? []
      : [
          warns('decision-power', [
            wording(
              'power.unknown',
              {},
              { reason: `unknown.${outlook.reason}` },
            ),
            ...wordsOf(outlook),
          ]),
        ];
  }
  const { plan: power, traffic } = outlook.value;
  if (!power) {
    return [];
  }
  const { noWorse, worse } = power;
  const rate = Number(traffic.requestsPerSecond.toPrecision(2));
  if (noWorse.outcome !== 'promoted') {
    return [
      warns(
        'decision-power',
        wording('power.undecided', {
          rate,
          hold: plan.longestHoldSeconds,
          percent: round(noWorse.percent),
          duration: Math.round(noWorse.seconds),
        }),
      ),
    ];
  }
  if (worse.outcome === 'promoted') {
    return [
      warns(
        'decision-power',
        wording('power.blind', {
          rate,
          percent: round(100 * worse.errorRatio),
        }),
      ),
    ];
  }
  return [
    ok(
      'decision-power',
      wording('power.fine', {
        rate,
        duration: Math.round(noWorse.seconds),
        requests: Math.ceil(noWorse.requests),
      }),
    ),
  ];
}

function round(percent: number): number {
  return Number(percent.toFixed(1));
}
