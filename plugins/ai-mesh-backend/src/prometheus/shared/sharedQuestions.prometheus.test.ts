import {
  encryptionNowQuery,
  encryptionQuery,
} from '../../security/encryptionQueries';
import { allDialects } from '../../slo/dialects/allDialects';
import { inventoryQuery } from '../../slo/dialects/inventoryQuery';
import { applicationBreakersQuery } from '../../telemetry/applicationBreakers';
import type { NamespacedName } from '../../telemetry/TrafficScope';
import { breakersQuery, peakQuery } from '../../telemetry/breakerQueries';
import {
  latencyQuery,
  requestsQuery,
  tcpAndLatelyQuery,
} from '../../telemetry/neighbourhoodQueries';
import {
  notOfPods,
  podMatchers,
  withWorkload,
  WORKLOAD_LABEL,
} from '../../telemetry/podSeries';
import { sparklineQuery } from '../../telemetry/sparkline';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../__testUtils__/startPrometheus';
import { clientOf } from '../__testUtils__/clientOf';
import type { HttpPrometheusClient } from '../HttpPrometheusClient';
import { JoinedQuestions } from '../JoinedQuestions';
import { or, rate, selector, sumBy, tag, type Expr } from '../promql';
import { JoinedQuestion } from './JoinedQuestion';
import { questionShape } from './questionShape';

const services = ['cart', 'shop', 'models', 'models-2', 'a.b'];
const namespaces = ['one', 'two'];
const all = namespaces.flatMap(namespace =>
  services.map(name => ({ namespace, name })),
);
/** As a Deployment's pods are called, of a service of one version and of two. */
const workloadsOf = ({ namespace, name }: NamespacedName) =>
  (name === 'cart' || name === 'shop' ? ['-v1', '-v2'] : ['']).map(version => ({
    kind: 'Deployment',
    namespace,
    name: `${name}${version}`,
  }));
const podsOf = (workload: string) =>
  ['x2b4d', 'q7w8z'].map(id => `${workload}-7d9fb4c6d8-${id}`);
const hostOf = ({ namespace, name }: NamespacedName) =>
  `${name}.${namespace}.svc.cluster.local`;
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
    for (const workload of workloadsOf({ namespace, name })) {
      for (const pod of podsOf(workload.name)) {
        const own = { namespace, pod };
        for (const state of ['open', 'closed']) {
          add('resilience4j_circuitbreaker_state', {
            ...own,
            name: 'llm',
            state,
          });
        }
        add('ai_circuit_fallback_total', { ...own, model: 'one' });
        for (const model of ['one', 'two']) {
          add('ai_model_requests_total', { ...own, model, status: 'success' });
          add('gen_ai_client_operation_duration_seconds_count', {
            ...own,
            gen_ai_request_model: model,
          });
        }
      }
    }
    for (const caller of ['web', 'cart']) {
      for (const [subset, end] of [
        ['', ''],
        ['v1', ';'],
      ]) {
        const cluster = {
          cluster_name: `outbound|80|${subset}|${hostOf({ namespace, name })}${end}`,
          pod: caller,
        };
        add('envoy_cluster_circuit_breakers_default_rq_open', cluster);
        add('envoy_cluster_upstream_rq_pending_overflow', cluster);
        add('envoy_cluster_upstream_rq_active', cluster);
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
  const podsOfAll = (to: NamespacedName[]) =>
    podMatchers(to.flatMap(workloadsOf))!;
  const hosts = (to: NamespacedName[]) => to.map(hostOf);
  /** Added up over pods, and told by their workloads. */
  const models = (to: NamespacedName[]) => {
    const requests = (labels: string[], expr: Expr, part: string) =>
      tag(sumBy(labels, expr), 'part', part);
    const each = rate(
      selector('ai_model_requests_total', ...podsOfAll(to)),
      300,
    );
    return or(
      requests(['model'], each, 'all'),
      requests(
        [WORKLOAD_LABEL],
        withWorkload(each, to.flatMap(workloadsOf)),
        'each',
      ),
    );
  };
  const inventory = (to: NamespacedName[]) =>
    inventoryQuery(allDialects([]), {
      istioCluster: 'Kubernetes',
      services: to,
      workloads: to.flatMap(workloadsOf),
      podLabels: { namespace: 'namespace', pod: 'pod' },
    });
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
    [
      'breakers of the mesh',
      to => or(breakersQuery(hosts(to), 300)!, peakQuery(hosts(to), 300)!),
    ],
    [
      'breakers of applications',
      to => applicationBreakersQuery(podsOfAll(to), 300),
    ],
    [
      'breakers of applications with namesakes',
      to =>
        applicationBreakersQuery(
          [
            ...podsOfAll(to),
            ...notOfPods([{ kind: 'Job', namespace: 'one', name: 'models-2' }]),
          ],
          300,
        ),
    ],
    ['models', models],
    ['an inventory', inventory],
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

  it.each([
    [
      'breakers of the mesh',
      (to: NamespacedName) => breakersQuery([hostOf(to)], 300)!,
    ],
    [
      'breakers of applications',
      (to: NamespacedName) => applicationBreakersQuery(podsOfAll([to]), 300)!,
    ],
    ['models', (to: NamespacedName) => models([to])],
    ['an inventory', (to: NamespacedName) => inventory([to])!],
  ])(
    'are as many parts as there are ways to name pods: %s',
    async (_, question) => {
      const { promql } = await JoinedQuestion.of(
        all.map(one => questionShape(question(one))),
      );
      const parts = promql.match(/"ai_mesh_part", "\d+"/g);
      // Those of one version, and those of two.
      expect(parts!.length).toBeLessThanOrEqual(2);
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
