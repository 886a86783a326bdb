import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import { act, type CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { StaleCanary, type CanaryStore } from '../store';
import { nameOf, type CanaryKind } from './canaryWorld';

export const ROUTING_API = 'networking.istio.io/v1';

/** The object of a service of the canary world. */
export function refOf(
  kind: 'VirtualService' | 'DestinationRule',
  index: number,
) {
  return {
    cluster: 'demo',
    apiVersion: ROUTING_API,
    kind,
    namespace: 'ai',
    name: nameOf('subsets', index),
  };
}

/** The object that a canary of the canary world edits. */
export function routeRefOf(kind: CanaryKind, index: number) {
  return kind === 'subsets'
    ? refOf('VirtualService', index)
    : {
        ...refOf('VirtualService', index),
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        name: nameOf(kind, index),
      };
}

function versionsOf(
  kind: CanaryKind,
  name: string,
): Pick<CanaryRecord, 'versions' | 'stable' | 'canary'> {
  if (kind === 'subsets') {
    const host = `${name}.ai.svc.cluster.local`;
    return {
      versions: { stable: { subset: 'v1' }, canary: { subset: 'v2' } },
      stable: { host, subset: 'v1' },
      canary: { host, subset: 'v2' },
    };
  }
  const pools = { stable: `${name}-v1`, canary: `${name}-v2` };
  return {
    versions: {
      stable: { pool: pools.stable },
      canary: { pool: pools.canary },
    },
    stable: { host: `InferencePool:${pools.stable}.ai` },
    canary: { host: `InferencePool:${pools.canary}.ai` },
  };
}

/** Asks for a canary of a service of the canary world, and approves it. */
export async function createApproved(
  store: CanaryStore,
  id: string,
  index: number,
  plan: Partial<CanaryPlan>,
  at: Date,
  kind: CanaryKind = 'subsets',
): Promise<CanaryRecord> {
  const name = nameOf(kind, index);
  const base = aCanary();
  const requested: CanaryRecord = {
    ...base,
    id,
    requestedAt: at.toISOString(),
    // Quicker than a request may ask for; what was allowed once is carried out.
    plan: { ...base.plan, ...plan },
    service: { cluster: 'demo', namespace: 'ai', name },
    ...versionsOf(kind, name),
    route: { object: routeRefOf(kind, index) },
  };
  await store.create(requested, [
    {
      seq: 1,
      at: at.toISOString(),
      by: requested.requestedBy,
      from: null,
      to: 'requested',
      what: 'requested',
      reason: requested.reason,
    },
  ]);
  // An engine that runs already may have looked at it meanwhile.
  for (;;) {
    const stored = (await store.get(id))!;
    const approved = act(
      stored.record,
      { action: 'approve' },
      'user:default/anna',
      at,
    );
    try {
      await store.saveForPerson(stored, approved);
      return approved.record;
    } catch (error) {
      if (!(error instanceof StaleCanary)) {
        throw error;
      }
    }
  }
}
