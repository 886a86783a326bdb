import {
  ANNOTATION_SERVICE,
  QueryTrace,
  Resolution,
  Source,
} from '@ai-mesh/plugin-ai-mesh-common';

/** The demo's cluster and entity. */
export const CLUSTER = 'demo';
export const ENTITY_REF = 'component:default/ai-chat-service';

/** When every fixture was observed. */
export const OBSERVED_AT = '2026-03-02T10:00:00.000Z';

/** Sources that all answered. */
export const healthySources: Source[] = [
  {
    name: 'kubernetes',
    cluster: CLUSTER,
    status: 'ok',
    observedAt: OBSERVED_AT,
  },
  {
    name: 'prometheus',
    cluster: CLUSTER,
    status: 'ok',
    observedAt: OBSERVED_AT,
  },
  { name: 'kiali', cluster: CLUSTER, status: 'not-configured' },
];

/** What the entity's annotation finds where nothing carries the name. */
export const foundNothing: Resolution['searched'] = [
  {
    cluster: CLUSTER,
    selector: 'Service ai-services/ai-chat-service',
    services: [],
    workloads: [],
    message: 'The namespace ai-services has no Service of that name.',
  },
];

const query = (id: QueryTrace['id'], promql: string): QueryTrace => ({
  id,
  cluster: CLUSTER,
  promql,
  warnings: [],
});

/** The queries behind the fixtures' numbers. */
export const queries: QueryTrace[] = [
  query(
    'requests',
    'sum by (source_workload, destination_service_name) (rate(istio_requests_total{destination_service_namespace="ai-services"}[5m]))',
  ),
  query(
    'latency',
    'sum by (le, destination_service_name) (rate(istio_request_duration_milliseconds_bucket{destination_service_namespace="ai-services"}[5m]))',
  ),
  query(
    'breakers',
    'sum by (cluster_name) (envoy_cluster_circuit_breakers_default_rq_open)',
  ),
  query(
    'sparkline',
    'sum(rate(istio_requests_total{destination_service_name="ai-chat-service"}[2m]))',
  ),
];

/** What all answers about the demo's chat service say of themselves. */
export function answer(
  change: {
    resolution?: Partial<Resolution>;
    sources?: Source[];
  } = {},
) {
  return {
    entityRef: ENTITY_REF,
    window: '5m' as const,
    observedAt: OBSERVED_AT,
    resolution: {
      annotation: ANNOTATION_SERVICE,
      value: 'ai-services/ai-chat-service',
      searched: [
        {
          cluster: CLUSTER,
          selector: 'Service ai-services/ai-chat-service',
          services: [{ namespace: 'ai-services', name: 'ai-chat-service' }],
          workloads: [
            {
              kind: 'Deployment',
              namespace: 'ai-services',
              name: 'ai-chat-service-v1',
            },
          ],
        },
      ],
      ...change.resolution,
    },
    sources: change.sources ?? healthySources,
    queries,
  };
}
