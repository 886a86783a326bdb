import {
  known,
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
    return warns(
      'affinity',
      `Who calls the service is not known (${callers.reason}), and so not whether callers keep the cookie ${cookie}: browsers behind a gateway do, workloads of the mesh do not. ${callers.message ?? ''}`.trim(),
    );
  }
  const { gateways, workloads } = callers.value;
  if (workloads.length > 0) {
    const drop = `${listed(workloads)} ${workloads.length === 1 ? 'calls' : 'call'} the service from within the mesh and ${workloads.length === 1 ? 'drops' : 'drop'} the cookie ${cookie}, unless ${workloads.length === 1 ? 'it passes' : 'they pass'} on both the Cookie of requests and the Set-Cookie of answers`;
    return warns(
      'affinity',
      gateways.length > 0
        ? `${drop}: there, every request is sent by the weights. People who come through ${listed(gateways)} stay.`
        : `${drop}. No gateway has called it within the last hour, so that nobody may stay with the canary.`,
    );
  }
  return gateways.length > 0
    ? ok(
        'affinity',
        `Only gateways call the service (${listed(gateways)}): browsers behind them keep the cookie ${cookie}.`,
      )
    : warns(
        'affinity',
        'Nobody in the mesh has called the service within the last hour, so that whether callers keep cookies is not known.',
      );
}

/** Whoever comes back has another chance each time to be led to the canary, and stays there. */
function sharesCheck(percent: number): CanaryPreflightCheck {
  const share = Math.min(percent, 99.9) / 100;
  const requests = Math.ceil(Math.log(0.5) / Math.log(1 - share));
  return warns(
    'affinity',
    `Whoever has once had an answer of the canary stays with it, so that its share of requests grows beyond its weight: at ${Number(percent.toFixed(1))} % half of the people are with it after ${requests} ${requests === 1 ? 'request' : 'requests'} each. It is judged by the requests that were really counted; what is foreseen of its duration goes by the weights.`,
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
    ? `${sorted.slice(0, MOST_NAMED).join(', ')} and ${sorted.length - MOST_NAMED} more`
    : sorted.join(', ');
}
