import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { istioLabels } from '../../telemetry';

export const ISTIO = 'istio';

/**
 * What the mesh sees where a service exports nothing of its own: one "model" a version. The duration is that of the
 * whole answer, not of its first token.
 */
export const istioDialect: MetricDialect = {
  name: ISTIO,
  modelLabels: [istioLabels.destinationVersion],
  providerLabels: [],
  requests: { metrics: ['istio_requests_total'] },
  errors: { kind: 'istio' },
  duration: { metrics: ['istio_request_duration_milliseconds'], unitMs: 1 },
};
