import {
  poolOfHost,
  wording,
  type CanaryPreflightCheck,
  type Words,
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
        wording('picker.ready', {
          picker: `${pool.value.namespace}/${pool.value.picker?.name}`,
          version: text,
        }),
      ),
    ];
  }
  return [
    pool.value.picker?.failsOpen
      ? warns('endpoint-picker', [
          why,
          wording('picker.failsOpen', { version: text }),
        ])
      : blocks('endpoint-picker', [
          why,
          wording('picker.refuses', { version: text }),
        ]),
  ];
}

function whyNoPicker(
  snapshot: MeshSnapshot,
  { namespace, name, picker }: InferencePool,
): Words | undefined {
  const pool = `${namespace}/${name}`;
  if (!picker) {
    return wording('picker.none', { pool });
  }
  if (picker.kind !== 'Service') {
    return wording('picker.kind', { pool, kind: picker.kind });
  }
  if (!snapshot.get('Service', namespace, picker.name)) {
    return unknownKind(snapshot, 'Service') === undefined
      ? wording('picker.missing', {
          pool,
          picker: `${namespace}/${picker.name}`,
        })
      : undefined;
  }
  const endpoints = endpointsOf(snapshot, namespace, picker.name);
  return endpoints.status === 'known' && endpoints.value.ready === 0
    ? wording('picker.notReady', {
        pool,
        picker: `${namespace}/${picker.name}`,
      })
    : undefined;
}
