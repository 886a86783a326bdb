import {
  poolOfHost,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  gatherEvidence,
  type EvidenceRequest,
  subsetLabels,
  versionSeries,
  whyIndistinct,
} from '../evidence';
import { subsetGaps } from '../../routes/resolveDestination';
import { routeCallers } from '../../routes/routeCallers';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
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
    return missing.map(message => blocks('versions', message));
  }
  const { endpoints } = versionSeries(snapshot, subject.canary);
  const name = versionText(subject.canary);
  if (endpoints.status === 'unknown') {
    return [
      blocks(
        'canary-endpoints',
        `How many endpoints of ${name} are ready is not known. ${endpoints.message ?? endpoints.reason}`,
      ),
    ];
  }
  const { ready, total } = endpoints.value;
  return [
    ok('versions', 'Both versions are defined.'),
    ready === 0
      ? blocks(
          'canary-endpoints',
          total === 0
            ? `${name} has no endpoints: no pod carries its labels.`
            : `None of the ${total} endpoints of ${name} is ready.`,
        )
      : ok(
          'canary-endpoints',
          `${ready} of ${total} endpoints of ${name} are ready.`,
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
      blocks(
        'versions',
        `${canary.problem} What they send to the canary would be answered with 503. Export the DestinationRule to them, or the route to fewer (exportTo).`,
      ),
    ];
  }
  const problems = [canary, stable].flatMap(found => found?.problem ?? []);
  return problems.length > 0
    ? [
        warns(
          'versions',
          `${problems.join(' ')} They would get nothing but 503.`,
        ),
      ]
    : [];
}

function whyMissing(
  route: Pick<FoundRoute, 'snapshot'>,
  version: FullVersion,
): string[] {
  const labels = subsetLabels(route.snapshot, version);
  if (labels.status === 'unknown') {
    return [labels.message ?? `${versionText(version)} is not defined.`];
  }
  return poolOfHost(version.host) || serviceOfVersion(route, version.host)
    ? []
    : [`There is no Service for ${version.host}.`];
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
          `The canary has ${canary.value.ready} ready endpoint${canary.value.ready === 1 ? '' : 's'}, and at ${Number(targetPercent.toFixed(1))} % it takes what needs ${needed} of the stable version's. Scale it up as the weight grows.`,
        )
      : ok('capacity', 'The canary has endpoints enough for its target.'),
  ];
}

/** Whether there will be evidence to decide on. */
export async function metricsCheck(
  { cluster, snapshot, subject }: FoundRoute,
  signal: AbortSignal,
): Promise<CanaryPreflightCheck> {
  const indistinct = whyIndistinct(snapshot, subject.stable, subject.canary);
  if (indistinct) {
    return blocks(
      'metrics',
      `${indistinct} A canary that fails would look like the version that it is compared with. Give the pods of each version a label 'version' of their own, or a workload of their own.`,
    );
  }
  const request: EvidenceRequest = {
    cluster: cluster.name,
    istioCluster: cluster.istioCluster,
    sharers: cluster.sharers,
    snapshot,
    prometheus: cluster.prometheus,
    canary: subject.canary,
    stable: subject.stable,
    signal,
  };
  const windowSeconds = Math.max(
    subject.plan.intervalSeconds,
    shortestWindowSeconds(cluster),
  );
  const { canary } = await gatherEvidence(request, windowSeconds);
  return canary.requests.status === 'known'
    ? ok('metrics', 'Prometheus has metrics of the canary.')
    : warns(
        'metrics',
        `There are no metrics of the canary yet (${canary.requests.reason}): until there are, it is held. ${canary.requests.message ?? ''}`.trim(),
      );
}
