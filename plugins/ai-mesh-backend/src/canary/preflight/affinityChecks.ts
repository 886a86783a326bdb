import {
  known,
  wording,
  wordsOf,
  type CanaryPreflightCheck,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isGatewayWorkload } from '../../kubernetes/gatewayWorkloads';
import { isRelay } from '../../kubernetes/relays';
import { ClusterTelemetry, requestsQuery } from '../../telemetry';
import { istioLabels, namedPair } from '../../telemetry/istioLabels';
import { serviceOfHost } from '../../routes/hosts';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import { whyNoAffinity } from '../split';
import { blocks, ok, warns, type FoundRoute } from './PreflightSubject';

/** More callers than these are not named one by one. */
const MOST_NAMED = 5;
/** Callers are looked for so far back, for those that call rarely. */
const LOOK_BACK_SECONDS = 3600;

/** Whether people can be kept with the canary, whom that does not reach, and what it does to the shares. */
export async function affinityChecks(
  route: FoundRoute,
  steps: readonly number[],
  signal: AbortSignal,
): Promise<CanaryPreflightCheck[]> {
  const { affinity } = route.subject.plan;
  if (!affinity) {
    return [];
  }
  const why = whyNoAffinity(route.object.kind, affinity, route.found);
  if (why) {
    return [blocks('affinity', why)];
  }
  return [
    callersCheck(await callersOf(route, signal), affinity.cookie),
    ...(steps.length > 0 ? [sharesCheck(steps[0])] : []),
  ];
}

interface Callers {
  gateways: string[];
  workloads: string[];
}

function callersCheck(
  callers: Measured<Callers>,
  cookie: string,
): CanaryPreflightCheck {
  if (callers.status === 'unknown') {
    return warns('affinity', [
      wording(
        'affinity.callersUnknown',
        { cookie },
        { reason: `unknown.${callers.reason}` },
      ),
      ...wordsOf(callers),
    ]);
  }
  const { gateways, workloads } = callers.value;
  if (workloads.length > 0) {
    return warns(
      'affinity',
      wording(
        gateways.length > 0 ? 'affinity.some' : 'affinity.nobodyStays',
        {
          callers: listed(workloads),
          cookie,
          gateways: listed(gateways),
        },
        {
          drop: workloads.length === 1 ? 'affinity.drops' : 'affinity.drop',
        },
      ),
    );
  }
  return gateways.length > 0
    ? ok(
        'affinity',
        wording('affinity.gateways', { gateways: listed(gateways), cookie }),
      )
    : warns('affinity', wording('affinity.noCaller'));
}

/** Whoever comes back has another chance each time to be led to the canary, and stays there. */
function sharesCheck(percent: number): CanaryPreflightCheck {
  const share = Math.min(percent, 99.9) / 100;
  const requests = Math.ceil(Math.log(0.5) / Math.log(1 - share));
  return warns(
    'affinity',
    wording(
      'affinity.shares',
      { percent: Number(percent.toFixed(1)), requests },
      { noun: requests === 1 ? 'noun.request' : 'noun.requests' },
    ),
  );
}

async function callersOf(
  { cluster, snapshot, subject }: FoundRoute,
  signal: AbortSignal,
): Promise<Measured<Callers>> {
  const hosts = [subject.service, subject.stable, subject.canary].flatMap(
    one =>
      'host' in one
        ? (serviceOfHost(one.host, snapshot.clusterDomain) ?? [])
        : one,
  );
  const rows = await new ClusterTelemetry(cluster).rates(
    'requests',
    requestsQuery(
      { to: hosts, from: [], around: [] },
      Math.max(LOOK_BACK_SECONDS, shortestWindowSeconds(cluster)),
    ),
    { signal },
  );
  if (rows.status === 'unknown') {
    return rows;
  }
  const callers: Callers = { gateways: [], workloads: [] };
  for (const { labels, rate } of rows.value) {
    const caller = namedPair(
      labels,
      istioLabels.sourceNamespace,
      istioLabels.sourceWorkload,
    );
    const isTo = hosts.some(
      ({ namespace, name }) =>
        labels[istioLabels.destinationService] === name &&
        labels[istioLabels.destinationServiceNamespace] === namespace,
    );
    if (caller && isTo && rate > 0 && !isRelay(snapshot, caller)) {
      const names = isGatewayWorkload(snapshot, caller)
        ? callers.gateways
        : callers.workloads;
      const name = `${caller.namespace}/${caller.name}`;
      if (!names.includes(name)) {
        names.push(name);
      }
    }
  }
  return known(callers);
}

function listed(names: readonly string[]): string {
  const sorted = [...names].sort();
  return sorted.length > MOST_NAMED
    ? `${sorted.slice(0, MOST_NAMED).join(', ')} (+ ${sorted.length - MOST_NAMED})`
    : sorted.join(', ');
}
