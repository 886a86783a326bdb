import {
  canaryPlanSchema,
  type CanaryCheck,
  type CanaryPlan,
  type CanaryVerdict,
  type CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';
import type { CanaryRecord } from '../CanaryRecord';

const host = 'chat.ai-services.svc.cluster.local';

/** A canary that was just asked for. */
export function aCanary(
  plan: z.input<typeof canaryPlanSchema> = {},
  changes: Partial<CanaryRecord> = {},
): CanaryRecord {
  return {
    id: 'c1',
    version: 1,
    state: 'requested',
    entityRef: 'component:default/ai-chat-service',
    service: { cluster: 'demo', namespace: 'ai-services', name: 'chat' },
    route: {
      object: {
        cluster: 'demo',
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        namespace: 'ai-services',
        name: 'chat',
      },
    },
    versions: { stable: { subset: 'v1' }, canary: { subset: 'v2' } },
    stable: { host, subset: 'v1' },
    canary: { host, subset: 'v2' },
    plan: canaryPlanSchema.parse(plan) as CanaryPlan,
    reason: 'A better model',
    requestedBy: 'user:default/olivia',
    requestedAt: '2025-06-01T12:00:00.000Z',
    progress: {
      steps: [],
      step: -1,
      phase: 'before',
      observedMs: 0,
      breaches: {},
      confirmed: [],
    },
    ...changes,
  };
}

/** The two versions' weights, in percent. */
export function weights(canary: number, headerRule = false): CanaryWeights {
  return {
    headerRule,
    destinations: [
      {
        role: 'stable',
        host,
        subset: 'v1',
        weight: 100 - canary,
        percent: 100 - canary,
      },
      { role: 'canary', host, subset: 'v2', weight: canary, percent: canary },
    ],
  };
}

/** A look at the evidence that says this. */
export function check(
  outcome: CanaryVerdict['outcome'],
  at: Date,
  message = `it is a ${outcome}`,
): CanaryCheck {
  return {
    at: at.toISOString(),
    windowSeconds: 300,
    gates: [],
    verdict:
      outcome === 'hold'
        ? { outcome, reason: 'insufficient-traffic', message }
        : { outcome, message },
  };
}
