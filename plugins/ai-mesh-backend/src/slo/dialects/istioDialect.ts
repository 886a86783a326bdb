import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { istioLabels, istioMetrics } from '../../telemetry';

export const ISTIO = 'istio';

/**
 * What the mesh sees where a service exports nothing of its own: one "model" a version. The duration is that of the
 * whole answer, not of its first token.
 */
export const istioDialect: MetricDialect = {
  name: ISTIO,
  modelLabels: [istioLabels.destinationVersion],
  providerLabels: [],
  requests: { metrics: [istioMetrics.requests] },
  errors: { kind: 'istio' },
  duration: { metrics: [istioMetrics.durations], unitMs: 1 },
};
