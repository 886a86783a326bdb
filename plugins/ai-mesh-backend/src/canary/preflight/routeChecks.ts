import {
  wording,
  type CanaryHeaderPhase,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { resolveRoutes } from '../../routes/resolveRoutes';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import {
  highestPercent,
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
            wording('weight.already', { percent: round(present), target }),
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
              wording('weight.others', {
                others: round(100 - last),
                last: round(last),
                target,
              }),
            )
          : ok(
              'present-weight',
              wording('weight.present', {
                percent: round(present),
                last: round(last),
              }),
            ),
        // A header phase is judged before the first step, which is earned there.
        ...(subject.plan.headerPhase
          ? []
          : firstStepChecks(steps[0], present, highestPercent(found))),
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
          error.words,
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
        wording('interval.short', {
          interval: intervalSeconds,
          cluster: cluster.name,
          least,
        }),
      )
    : ok('interval', wording('interval.fine', { interval: intervalSeconds }));
}

/** More than half of what both versions hold together is earned by what the steps before have shown. */
function firstStepChecks(
  first: number,
  present: number,
  both: number,
): CanaryPreflightCheck[] {
  return first > both / 2 && present <= both / 2
    ? [
        warns(
          'present-weight',
          wording('weight.firstHalf', { first: round(first) }),
        ),
      ]
    : [];
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
          wording('header.notFirst', { percent: round(present) }),
        ),
      ]
    : [];
}

/** What the rule does to requests that would be mistaken for the canary's own doing. */
export function ruleChecks(route: FoundRoute): CanaryPreflightCheck[] {
  const { raw, label } = route.found.rule;
  const disturbing = ['fault', 'mirror', 'mirrors'].filter(
    key => raw[key] !== undefined,
  );
  const mirrors = hasMirrorFilter(raw);
  const retried = unsafeRetries(raw);
  return [
    disturbing.length > 0 || mirrors
      ? warns(
          'fault-or-mirror',
          wording(mirrors ? 'rule.mirrors' : 'rule.disturbs', {
            rule: label,
            what: disturbing.join(', '),
          }),
        )
      : ok('fault-or-mirror', wording('rule.calm')),
    retried.length > 0
      ? warns(
          'unsafe-retries',
          wording('rule.retries', {
            rule: label,
            conditions: retried.join(', '),
          }),
        )
      : ok('unsafe-retries', wording('rule.noRetries')),
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
        wording('rule.sticky', {
          object: `${sticky.kind} ${sticky.metadata.namespace}/${sticky.metadata.name}`,
        }),
      )
    : ok('session-affinity', wording('rule.notSticky'));
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
        wording(above.length === 1 ? 'rule.above' : 'rule.aboveMany', {
          above: above.join(', '),
          rule: found.rule.label,
        }),
      )
    : ok('rules-above', wording('rule.noneAbove'));
}

function titled(path: string, name: string | undefined): string {
  return name ? `${path} "${name}"` : path;
}

function round(percent: number): number {
  return Number(percent.toFixed(1));
}
