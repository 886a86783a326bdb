import {
  encryptionNowQuery,
  encryptionQuery,
} from '../../security/encryptionQueries';
import {
  latencyQuery,
  requestsQuery,
  tcpAndLatelyQuery,
  type NamespacedName,
} from '../../telemetry/neighbourhoodQueries';
import { sparklineQuery } from '../../telemetry/sparkline';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../__testUtils__/startPrometheus';
import { clientOf } from '../__testUtils__/clientOf';
import type { HttpPrometheusClient } from '../HttpPrometheusClient';
import { JoinedQuestions } from '../JoinedQuestions';
import type { Expr } from '../promql';

const services = ['cart', 'shop', 'models', 'models-2', 'a.b'];
const namespaces = ['one', 'two'];
const all = namespaces.flatMap(namespace =>
  services.map(name => ({ namespace, name })),
);
const AGES = Array.from({ length: 30 }, (_, index) => 600 - 20 * index);

/** Counters that differ from series to series, and are the same at every run. */
function openMetrics(nowSeconds: number): string {
  const metrics = new Map<string, string[]>();
  let number = 0;
  const add = (metric: string, labels: Record<string, string>) => {
    number++;
    const text = Object.entries(labels).map(
      ([key, value]) => `${key}="${value}"`,
    );
    const lines = metrics.get(metric) ?? [];
    AGES.forEach((age, index) =>
      lines.push(
        `${metric}{${text.join(',')}} ${(index + 1) * ((number * 7) % 31)} ${nowSeconds - age}`,
      ),
    );
    metrics.set(metric, lines);
  };
  for (const { namespace, name } of all) {
    for (const caller of ['web', 'cart']) {
      for (const reporter of ['source', 'destination']) {
        const ends = {
          reporter,
          source_workload: caller,
          source_workload_namespace: 'one',
          source_cluster: 'Kubernetes',
          destination_cluster: 'Kubernetes',
          destination_service_name: name,
          destination_service_namespace: namespace,
          destination_workload: `${name}-v1`,
          destination_workload_namespace: namespace,
          destination_version: 'v1',
          connection_security_policy:
            reporter === 'source' ? 'unknown' : 'mutual_tls',
        };
        for (const response_code of ['200', '503']) {
          add('istio_requests_total', { ...ends, response_code });
        }
        for (const le of ['100', '1000', '+Inf']) {
          add('istio_request_duration_milliseconds_bucket', { ...ends, le });
        }
        add('istio_tcp_connections_opened_total', ends);
      }
    }
    add('istio_requests_total', {
      reporter: 'source',
      source_workload: 'web',
      source_workload_namespace: 'one',
      destination_service_name: 'PassthroughCluster',
      destination_service_namespace: 'unknown',
      destination_workload: `${name}-v1`,
      destination_workload_namespace: namespace,
      response_code: '200',
    });
  }
  return [...[...metrics.values()].flat(), '# EOF', ''].join('\n');
}

describeWithPrometheus('questions that ask the same of different names', () => {
  let prometheus: RealPrometheus;
  let client: HttpPrometheusClient;

  beforeAll(async () => {
    prometheus = await startPrometheus(
      openMetrics(Math.floor(Date.now() / 1000)),
    );
    client = clientOf(prometheus, { cacheTtlMs: 0 });
  }, 60_000);

  afterAll(() => prometheus?.stop());

  const scope = (to: NamespacedName[]) => ({
    to,
    from: [],
    around: to.map(({ namespace, name }) => ({
      namespace,
      name: `${name}-v1`,
    })),
  });
  const neighbourhood = (to: NamespacedName[]) => ({
    to,
    from: to.map(({ namespace, name }) => ({ namespace, name })),
  });
  const events = ([{ namespace, name }]: NamespacedName[]) => {
    const counted = (reporter: string) =>
      `increase(istio_requests_total{reporter="${reporter}",destination_service_name="${name}",destination_service_namespace="${namespace}"}[5m])`;
    const ends = 'source_workload, destination_service_name';
    return `sum by (destination_version) ((${counted('source')}) or ((${counted('destination')}) unless on (${ends}) ((sum by (${ends}) (${counted('source')})) > 0)))` as Expr;
  };
  const kinds: [string, (to: NamespacedName[]) => Expr | undefined][] = [
    ['requests', to => requestsQuery(scope(to), 300)],
    [
      'requests of a neighbourhood',
      to => requestsQuery(neighbourhood(to), 300),
    ],
    ['latency', to => latencyQuery(scope(to), 300)],
    ['TCP and the last minute', to => tcpAndLatelyQuery(scope(to), 300)],
    ['encryption', to => encryptionNowQuery(to, 300)],
    ['encryption step by step', to => encryptionQuery(to, 60)],
    ['a sparkline', to => sparklineQuery(scope(to))],
    ['events', events],
  ];
  /** Sums come to the same but for the order in which they were added up. */
  const ordered = <T extends { labels: Record<string, string> }>(rows: T[]) =>
    rows
      .map(({ labels, ...rest }) =>
        JSON.stringify([Object.entries(labels).sort(), rest], (_, value) =>
          typeof value === 'number' ? Number(value.toPrecision(9)) : value,
        ),
      )
      .sort();

  it.each(kinds)(
    'are answered as each is by itself: %s',
    async (_, question) => {
      const joined = new JoinedQuestions(client);
      const asked = [
        ...all.map(service => [service]),
        ...namespaces.map(namespace =>
          all.filter(service => service.namespace === namespace),
        ),
        [{ namespace: 'one', name: 'nobody' }],
      ].map(to => question(to)!);
      const end = new Date(Date.now() - 30_000);
      const range = {
        start: new Date(end.getTime() - 300_000),
        end,
        stepSeconds: 60,
      };
      const ranges = await Promise.all(
        asked.map(one => joined.queryRange(one, range)),
      );
      let rows = 0;
      for (const [index, one] of asked.entries()) {
        const alone = await client.queryRange(one, range);
        expect(ordered(ranges[index].series)).toEqual(ordered(alone.series));
        rows += alone.series.length;
      }
      expect(rows).toBeGreaterThan(all.length);
    },
  );

  it('are one question, and no longer than the names make it', async () => {
    const sent: string[] = [];
    const joined = new JoinedQuestions({
      query: (promql, options) => {
        sent.push(promql);
        return client.query(promql, options);
      },
      queryRange: client.queryRange.bind(client),
    });
    const answers = await Promise.all(
      all.map(service => joined.query(events([service]))),
    );
    expect(answers.every(({ samples }) => samples.length > 0)).toBe(true);
    expect(sent).toHaveLength(1);
    expect(sent[0].length).toBeLessThan(3 * events([all[0]]).length);
  });
});
