import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { parseClusterName } from './breakerStats';
import { inScope } from './TrafficScope';
import { breakersQuery } from './breakerQueries';
import {
  latencyQuery,
  requestsQuery,
  tcpQuery,
  usualLatencyQuery,
} from './neighbourhoodQueries';

const chat = { namespace: 'ai', name: 'chat' };
const chatV1 = { namespace: 'ai', name: 'chat-v1' };

function isValid(promql: string): boolean {
  const cursor = parser.parse(promql).cursor();
  do {
    if (cursor.type.isError) {
      return false;
    }
  } while (cursor.next());
  return true;
}

describe('neighbourhood queries', () => {
  it('asks for both directions in one query', () => {
    expect(requestsQuery({ to: [chat], from: [chatV1] }, 300)).toBe(
      '(sum by (LABELS) (rate(istio_requests_total{destination_service_name="chat",destination_service_namespace="ai"}[5m]))) or (sum by (LABELS) (rate(istio_requests_total{source_workload="chat-v1",source_workload_namespace="ai"}[5m])))'.replaceAll(
        'LABELS',
        'reporter, source_workload, source_workload_namespace, source_cluster, destination_service_name, destination_service_namespace, destination_cluster, destination_service, destination_version, destination_workload, destination_workload_namespace, source_principal, request_protocol, response_code, response_flags, grpc_response_status, connection_security_policy',
      ),
    );
  });

  it('asks for classic buckets, and for native histograms of edges without', () => {
    expect(latencyQuery({ to: [chat], from: [] }, 300)).toBe(
      '(sum by (EDGE, le) (rate(istio_request_duration_milliseconds_bucket{OF}[5m]))) or on (EDGE) (sum by (EDGE) (rate(istio_request_duration_milliseconds{OF}[5m])))'
        .replaceAll(
          'EDGE',
          'reporter, source_workload, source_workload_namespace, source_cluster, destination_service_name, destination_service_namespace, destination_cluster, destination_service, destination_version, destination_workload, destination_workload_namespace',
        )
        .replaceAll(
          'OF',
          'destination_service_name="chat",destination_service_namespace="ai"',
        ),
    );
  });

  it('asks nothing where there is nothing to ask for', () => {
    const nobody = { to: [], from: [] };
    expect(requestsQuery(nobody, 300)).toBeUndefined();
    expect(latencyQuery(nobody, 300)).toBeUndefined();
    expect(usualLatencyQuery(nobody, 300)).toBeUndefined();
    expect(tcpQuery(nobody, 300)).toBeUndefined();
    expect(breakersQuery([], 300)).toBeUndefined();
  });

  it('is PromQL whatever the names are', () => {
    const name = fc.record({
      namespace: fc.string({ unit: 'grapheme' }),
      name: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), names => {
        const scope = { to: names, from: names };
        const queries = [
          requestsQuery(scope, 300),
          latencyQuery(scope, 900),
          usualLatencyQuery(scope, 3600),
          tcpQuery(scope, 21600),
          breakersQuery(
            names.map(({ name: host }) => host),
            300,
          ),
        ];
        expect(queries.filter(query => !isValid(String(query)))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps namesakes of other namespaces out', () => {
    const wanted = inScope({
      to: [chat, { namespace: 'shop', name: 'cart' }],
      from: [chatV1],
    });
    const to = (namespace: string, name: string) =>
      wanted({
        labels: {
          destination_service_name: name,
          destination_service_namespace: namespace,
          source_workload: 'x',
          source_workload_namespace: 'ai',
        },
      });
    expect(to('ai', 'chat')).toBe(true);
    expect(to('shop', 'cart')).toBe(true);
    expect(to('shop', 'chat')).toBe(false);
    expect(to('ai', 'cart')).toBe(false);
  });
});

describe('parseClusterName', () => {
  it.each([
    [
      'outbound|8080|v1|chat.ai.svc.cluster.local',
      { subset: 'v1', host: 'chat.ai.svc.cluster.local' },
    ],
    [
      'outbound|8080||chat.ai.svc.cluster.local;',
      { subset: '', host: 'chat.ai.svc.cluster.local' },
    ],
    ['inbound|8080||', undefined],
    ['PassthroughCluster', undefined],
    ['', undefined],
  ])('reads %s', (name, expected) => {
    expect(parseClusterName(name)).toEqual(expected);
  });
});
