import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import { act, type CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import type { CanaryStore } from '../store';
import { chatName } from './canaryWorld';

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
    name: chatName(index),
  };
}

/** Asks for a canary of a service of the canary world, and approves it. */
export async function createApproved(
  store: CanaryStore,
  id: string,
  index: number,
  plan: Partial<CanaryPlan>,
  at: Date,
): Promise<CanaryRecord> {
  const host = `${chatName(index)}.ai.svc.cluster.local`;
  const base = aCanary();
  const requested: CanaryRecord = {
    ...base,
    id,
    requestedAt: at.toISOString(),
    // Quicker than a request may ask for; what was allowed once is carried out.
    plan: { ...base.plan, ...plan },
    service: { cluster: 'demo', namespace: 'ai', name: chatName(index) },
    stable: { host, subset: 'v1' },
    canary: { host, subset: 'v2' },
    route: { object: refOf('VirtualService', index) },
  };
  const { stored } = await store.create(requested, [
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
  const approved = act(
    stored.record,
    { action: 'approve' },
    'user:default/anna',
    at,
  );
  await store.saveForPerson(stored, approved);
  return approved.record;
}
