import {
  poolOfHost,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../../kubernetes/endpointsOf';
import { findPool, type InferencePool } from '../../kubernetes/inferencePools';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
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
