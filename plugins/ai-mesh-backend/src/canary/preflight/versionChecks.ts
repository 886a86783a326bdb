import {
  poolOfHost,
  wording,
  wordsOf,
  type CanaryPreflightCheck,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  gatherEvidence,
  subsetLabels,
  versionSeries,
  whyIndistinct,
} from '../evidence';
import { subsetGaps } from '../../routes/resolveDestination';
import { routeCallers } from '../../routes/routeCallers';
import {
  evidenceRequestOf,
  shortestWindowSeconds,
} from '../engine/CanaryCluster';
import { versionText, type FullVersion } from '../split';
import { serviceOfVersion } from './ownership';
import { blocks, ok, warns, type FoundRoute } from './PreflightSubject';

/** Whether both versions exist, and the canary can be reached. */
export function versionChecks(
  route: Pick<FoundRoute, 'snapshot' | 'subject'>,
): CanaryPreflightCheck[] {
  const { snapshot, subject } = route;
  const missing = [subject.stable, subject.canary].flatMap(version =>
    whyMissing(route, version),
  );
  if (missing.length > 0) {
    return missing.map(words => blocks('versions', words));
  }
  const { endpoints } = versionSeries(snapshot, subject.canary);
  const name = versionText(subject.canary);
  if (endpoints.status === 'unknown') {
    return [
      blocks('canary-endpoints', [
        wording('endpoints.unknown', { version: name }),
        ...wordsOf({
          ...endpoints,
          message: endpoints.message ?? endpoints.reason,
        }),
      ]),
    ];
  }
  const { ready, total } = endpoints.value;
  return [
    ok('versions', wording('versions.fine')),
    ready === 0
      ? blocks(
          'canary-endpoints',
          total === 0
            ? wording('endpoints.noPod', { version: name })
            : wording('endpoints.noneOf', { total, version: name }),
        )
      : ok(
          'canary-endpoints',
          wording('endpoints.ready', { ready, total, version: name }),
        ),
  ];
}

/**
 * Whether all whom the route is for can send to both versions: a subset that only others' rules define is none for them,
 * and what they send there is answered with 503.
 */
export function audienceChecks({
  snapshot,
  subject,
  object,
}: FoundRoute): CanaryPreflightCheck[] {
  const callers = routeCallers(snapshot, object);
  const canary = subsetGaps(snapshot, subject.canary, callers);
  const stable = subsetGaps(snapshot, subject.stable, callers);
  // Where the stable version is none for them either, they are nobody who calls today.
  const isNew = canary?.missing.some(whom => !stable?.missing.includes(whom));
  if (canary && isNew) {
    return [
      blocks('versions', [canary.problem, wording('versions.wouldBe503')]),
    ];
  }
  const problems = [canary, stable].flatMap(found => found?.problem ?? []);
  return problems.length > 0
    ? [warns('versions', [...problems, wording('versions.nothingBut503')])]
    : [];
}

function whyMissing(
  route: Pick<FoundRoute, 'snapshot'>,
  version: FullVersion,
): Words[] {
  const labels = subsetLabels(route.snapshot, version);
  if (labels.status === 'unknown') {
    if (labels.words) {
      return [...labels.words];
    }
    return labels.message
      ? [wording('versions.why', { text: labels.message })]
      : [wording('versions.undefined', { version: versionText(version) })];
  }
  return poolOfHost(version.host) || serviceOfVersion(route, version.host)
    ? []
    : [wording('versions.noService', { host: version.host })];
}

/** Whether the canary's pods can carry what the plan gives them. */
export function capacityCheck(
  { snapshot, subject }: FoundRoute,
  targetPercent: number,
): CanaryPreflightCheck[] {
  const stable = versionSeries(snapshot, subject.stable).endpoints;
  const canary = versionSeries(snapshot, subject.canary).endpoints;
  if (stable.status === 'unknown' || canary.status === 'unknown') {
    return [];
  }
  const needed = Math.ceil((stable.value.ready * targetPercent) / 100);
  return [
    canary.value.ready < needed
      ? warns(
          'capacity',
          wording(
            'capacity.low',
            {
              ready: canary.value.ready,
              percent: Number(targetPercent.toFixed(1)),
              needed,
            },
            {
              noun:
                canary.value.ready === 1 ? 'noun.endpoint' : 'noun.endpoints',
            },
          ),
        )
      : ok('capacity', wording('capacity.fine')),
  ];
}

/** Whether there will be evidence to decide on. */
export async function metricsCheck(
  route: FoundRoute,
  signal: AbortSignal,
): Promise<CanaryPreflightCheck> {
  const { cluster, snapshot, subject } = route;
  const indistinct = whyIndistinct(snapshot, subject.stable, subject.canary);
  if (indistinct) {
    return blocks('metrics', [...indistinct, wording('metrics.indistinct')]);
  }
  const windowSeconds = Math.max(
    subject.plan.intervalSeconds,
    shortestWindowSeconds(cluster),
  );
  const { canary } = await gatherEvidence(
    evidenceRequestOf(route.subject, route, signal),
    windowSeconds,
  );
  return canary.requests.status === 'known'
    ? ok('metrics', wording('metrics.fine'))
    : warns('metrics', [
        wording(
          'metrics.none',
          {},
          { reason: `unknown.${canary.requests.reason}` },
        ),
        ...wordsOf(canary.requests),
      ]);
}
