import {
  poolOfHost,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../../kubernetes/endpointsOf';
import {
  findPool,
  serviceOfPool,
  type InferencePool,
} from '../../kubernetes/inferencePools';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import {
  pickerAloneCounts,
  versionSeries,
  type EvidenceRequest,
} from '../evidence';
import { versionText } from '../split';
import { blocks, ok, warns, type FoundRoute } from './PreflightSubject';

/** Whether somebody picks endpoints for the InferencePool that the canary is; nothing for other versions. */
export function poolChecks({
  snapshot,
  subject,
}: Pick<FoundRoute, 'snapshot' | 'subject'>): CanaryPreflightCheck[] {
  const name = poolOfHost(subject.canary.host);
  const pool = name && findPool(snapshot, name);
  if (pool?.status !== 'known') {
    return [];
  }
  const text = versionText(subject.canary);
  const why = whyNoPicker(snapshot, pool.value);
  if (!why) {
    return [
      ok(
        'endpoint-picker',
        `Service ${pool.value.namespace}/${pool.value.picker?.name} picks the endpoints of ${text}, and is ready.`,
      ),
    ];
  }
  return [
    pool.value.picker?.failsOpen
      ? warns(
          'endpoint-picker',
          `${why} ${text} fails open: its requests go to any of its pods, whatever their queues.`,
        )
      : blocks(
          'endpoint-picker',
          `${why} Without it the gateway refuses every request to ${text}.`,
        ),
  ];
}

function whyNoPicker(
  snapshot: MeshSnapshot,
  { namespace, name, picker }: InferencePool,
): string | undefined {
  if (!picker) {
    return `InferencePool ${namespace}/${name} names no endpoint picker.`;
  }
  if (picker.kind !== 'Service') {
    return `The endpoint picker of InferencePool ${namespace}/${name} is a ${picker.kind}, and Istio takes none but a Service.`;
  }
  if (!snapshot.get('Service', namespace, picker.name)) {
    return unknownKind(snapshot, 'Service') === undefined
      ? `The endpoint picker of InferencePool ${namespace}/${name}, Service ${namespace}/${picker.name}, does not exist.`
      : undefined;
  }
  const endpoints = endpointsOf(snapshot, namespace, picker.name);
  return endpoints.status === 'known' && endpoints.value.ready === 0
    ? `The endpoint picker of InferencePool ${namespace}/${name}, Service ${namespace}/${picker.name}, has no ready endpoint.`
    : undefined;
}

/**
 * That Istio's metrics do not count the stable pool's requests, though there are some: its endpoint picker sees them. A
 * canary of which nothing can be known would only be held; undefined where that is not so.
 */
export async function poolUncounted(
  request: EvidenceRequest,
  windowSeconds: number,
): Promise<string | undefined> {
  const name = poolOfHost(request.stable.host);
  const pool = name && findPool(request.snapshot, name);
  const { service } = versionSeries(request.snapshot, request.stable);
  if (pool?.status !== 'known' || !service) {
    return undefined;
  }
  const alone = await pickerAloneCounts(
    request,
    pool.value,
    service,
    windowSeconds,
  );
  const { metadata } = serviceOfPool(request.snapshot, pool.value);
  return alone.status === 'known' && alone.value
    ? `The endpoint picker of ${versionText(request.stable)} sees requests, and Istio's metrics count none to its Service ${metadata.name}: nothing would tell the pools apart. Is the route's gateway one of Istio's, and does Prometheus scrape it?`
    : undefined;
}
