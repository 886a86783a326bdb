import type {
  CanaryHeaderPhase,
  CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { resolveRoutes } from '../../routes/resolveRoutes';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import {
  isVersion,
  presentPercent,
  SplitRefusal,
  stepsOf,
  versionHost,
  whyNoHeaderRule,
  type JsonRecord,
} from '../split';
import { canaryPlanWeights } from '@ai-mesh/plugin-ai-mesh-common';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import { blocks, ok, warns, type FoundRoute } from './PreflightSubject';

/** The plan's steps as they fall on the route, and what keeps them from doing so. */
export function stepsCheck({ subject, found }: FoundRoute): {
  steps: number[];
  checks: CanaryPreflightCheck[];
} {
  const planned = canaryPlanWeights(subject.plan);
  const target = planned.at(-1) ?? 100;
  try {
    const present = presentPercent(found);
    const steps = stepsOf(found, planned);
    if (steps.length === 0) {
      return {
        steps,
        checks: [
          blocks(
            'present-weight',
            `The canary has ${round(present)} % already, and the plan's target is ${target} %. Choose a higher target.`,
          ),
        ],
      };
    }
    const last = steps[steps.length - 1];
    return {
      steps,
      checks: [
        last < target
          ? warns(
              'present-weight',
              `Other destinations of the rule keep ${round(100 - last)} %, so the canary ends at ${round(last)} %, not ${target} %.`,
            )
          : ok(
              'present-weight',
              `The canary has ${round(present)} % now and ends at ${round(last)} %.`,
            ),
        ...headerPhaseChecks(subject.plan.headerPhase, found, present),
      ],
    };
  } catch (error) {
    if (!(error instanceof SplitRefusal)) {
      throw error;
    }
    return {
      steps: [],
      checks: [
        blocks(
          error.code === 'too-coarse' ? 'weights-too-coarse' : 'route',
          error.message,
        ),
      ],
    };
  }
}

/** A step is judged by what was scraped since its weights were written. */
export function intervalCheck({
  subject,
  cluster,
}: FoundRoute): CanaryPreflightCheck {
  const least = shortestWindowSeconds(cluster);
  const { intervalSeconds } = subject.plan;
  return intervalSeconds < least
    ? blocks(
        'interval',
        `An interval of ${intervalSeconds} s is shorter than four scrapes of '${cluster.name}', which take ${least} s, and so too short to judge a step by. Set it to ${least} s or more.`,
      )
    : ok(
        'interval',
        `The interval of ${intervalSeconds} s holds four scrapes or more.`,
      );
}

function headerPhaseChecks(
  phase: CanaryHeaderPhase | undefined,
  { rule }: FoundRoute['found'],
  present: number,
): CanaryPreflightCheck[] {
  const why = phase && whyNoHeaderRule(phase, rule);
  if (why) {
    return [blocks('header-phase', why)];
  }
  return phase && present > 0
    ? [
        blocks(
          'header-phase',
          `A header phase comes before any other traffic, and the canary has ${round(present)} % already. Take it to 0 first, or leave the phase out.`,
        ),
      ]
    : [];
}

/** What the rule does to requests that would be mistaken for the canary's own doing. */
export function ruleChecks(route: FoundRoute): CanaryPreflightCheck[] {
  const { raw, label } = route.found.rule;
  const disturbing = [
    ...['fault', 'mirror', 'mirrors'].filter(key => raw[key] !== undefined),
    ...(hasMirrorFilter(raw) ? ['a RequestMirror filter'] : []),
  ];
  const retried = unsafeRetries(raw);
  return [
    disturbing.length > 0
      ? warns(
          'fault-or-mirror',
          `${label} has ${disturbing.join(' and ')}: injected faults count as the canary's errors, and every mirrored call to a model is billed.`,
        )
      : ok(
          'fault-or-mirror',
          'The rule injects no faults and mirrors nothing.',
        ),
    retried.length > 0
      ? warns(
          'unsafe-retries',
          `${label} retries on ${retried.join(', ')}: such a call may already have been billed, and a canary that fails is then paid for twice.`,
        )
      : ok('unsafe-retries', 'The rule retries nothing that may be billed.'),
    affinityCheck(route),
    rulesAboveCheck(route),
  ];
}

/** The Gateway API says in a filter what a VirtualService says in a field. */
function hasMirrorFilter({ filters }: JsonRecord): boolean {
  return (
    Array.isArray(filters) &&
    filters.some(filter => filter?.type === 'RequestMirror')
  );
}

const UNSAFE = ['5xx', 'reset', 'retriable-4xx', 'retriable-status-codes'];

function unsafeRetries({ retries }: JsonRecord): string[] {
  const { retryOn, attempts } = (retries ?? {}) as JsonRecord;
  return typeof retryOn === 'string' && attempts !== 0
    ? retryOn
        .split(',')
        .map(condition => condition.trim())
        .filter(condition => UNSAFE.includes(condition))
    : [];
}

function affinityCheck({
  snapshot,
  subject,
}: FoundRoute): CanaryPreflightCheck {
  const { objects } = trafficPoliciesFor(snapshot, subject.canary.host);
  const sticky = objects.find(({ spec }) =>
    JSON.stringify(spec ?? {}).includes('"consistentHash"'),
  );
  return sticky
    ? warns(
        'session-affinity',
        `${sticky.kind} ${sticky.metadata.namespace}/${sticky.metadata.name} keeps callers with one endpoint: within a version that stays so, but the share of requests may differ from the share of callers.`,
      )
    : ok('session-affinity', 'No session affinity is set.');
}

/** What the rules above take never comes to the canary's rule, whatever its weights are. */
function rulesAboveCheck({
  found,
  route,
  subject,
  snapshot,
}: FoundRoute): CanaryPreflightCheck {
  const { rules } = resolveRoutes(snapshot, subject.service);
  const own = rules.findIndex(
    ({ object, path }) =>
      object.kind === route.object.kind &&
      object.namespace === route.object.namespace &&
      object.name === route.object.name &&
      path === `spec.${found.rule.label}`,
  );
  const above = (own < 0 ? rules : rules.slice(0, own))
    .filter(
      ({ reachable, destinations }) =>
        reachable &&
        destinations.some(
          destination =>
            destination.weightPercent > 0 &&
            isVersion(
              { ...destination, host: versionHost(destination) },
              subject.stable,
            ),
        ),
    )
    .map(({ object, path, name }) =>
      object.name === route.object.name && object.kind === route.object.kind
        ? titled(path, name)
        : `${titled(path, name)} of ${object.kind} ${object.namespace}/${object.name}`,
    );
  return above.length > 0
    ? warns(
        'rules-above',
        `${above.join(', ')}, asked before spec.${found.rule.label}, also ${above.length === 1 ? 'sends' : 'send'} to the stable version: requests that match there stay with it, at 100 % too.`,
      )
    : ok('rules-above', 'No rule above keeps sending to the stable version.');
}

function titled(path: string, name: string | undefined): string {
  return name ? `${path} "${name}"` : path;
}

function round(percent: number): number {
  return Number(percent.toFixed(1));
}
