import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { clientOf } from '../../prometheus/__testUtils__/clientOf';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../../prometheus/__testUtils__/startPrometheus';
import { PrometheusAt } from '../../prometheus/PrometheusAt';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { SourceError } from '../../target/SourceError';
import type { FullVersion } from '../split';
import { context } from '../gates/__testUtils__/measures';
import { judge } from '../gates/judge';
import { countRequests } from './countRequests';
import { gatherEvidence } from './gatherEvidence';

const host = 'chat.ai.svc.cluster.local';
const subset = (name: string): FullVersion => ({ host, subset: name });

const deployment = (version: string, labels = `version: ${version}`) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat-${version}, namespace: ai }
spec:
  template:
    metadata: { labels: { app: chat, ${labels} } }
---
apiVersion: v1
kind: Pod
metadata: { name: chat-${version}-abc-x2v5k, namespace: ai, labels: { app: chat, ${labels} } }
spec: { containers: [{ name: chat }] }
---`;

const mesh = (subsetLabels = 'version: v2') => `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: ai }
spec:
  host: chat
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { ${subsetLabels} } }
---
${deployment('v1')}
${deployment('v2', subsetLabels)}
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: chat, namespace: ai, labels: { kubernetes.io/service-name: chat } }
endpoints:
  - { addresses: [10.0.0.1], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v1-abc-x2v5k } }
  - { addresses: [10.0.0.2], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v2-abc-x2v5k } }
`;

/** Counters that grow evenly, scraped every 5 s for the `minutes` before a moment, Unix seconds. */
function openMetrics(
  series: { text: string; perSecond: number; bornSecondsAgo?: number }[],
  now: number,
  minutes = 15,
): string {
  const start = now - minutes * 60;
  const byMetric = new Map<string, string[]>();
  for (const { text, perSecond, bornSecondsAgo = Infinity } of series) {
    const lines = byMetric.get(text.split('{')[0]) ?? [];
    const born = now - bornSecondsAgo;
    for (let at = start; at <= now; at += 5) {
      if (at >= born) {
        const since = Number.isFinite(born) ? at - born + 5 : at - start;
        lines.push(`${text} ${(since * perSecond).toFixed(3)} ${at}`);
      }
    }
    byMetric.set(text.split('{')[0], lines);
  }
  return [...byMetric.values(), ['# EOF'], ['']].flat().join('\n');
}

interface Request {
  version: string;
  perSecond: number;
  code?: string;
  grpc?: string;
  from?: string;
  reporters?: string[];
  bornSecondsAgo?: number;
  /** The caller's; absent: not labelled. */
  cluster?: string;
  /** Where it was answered; absent: not labelled. */
  to?: string;
}

function requests(...all: Request[]) {
  return all.flatMap(
    ({
      version,
      perSecond,
      code = '200',
      grpc,
      from = 'web',
      reporters = ['source', 'destination'],
      bornSecondsAgo,
      cluster,
      to,
    }) =>
      reporters.map(reporter => ({
        perSecond,
        bornSecondsAgo,
        text: `istio_requests_total{reporter="${reporter}",source_workload="${from}",source_workload_namespace="ai",destination_service_name="chat",destination_service_namespace="ai",destination_workload="${version === 'unknown' ? 'unknown' : `chat-${version}`}",destination_version="${version}",request_protocol="${grpc ? 'grpc' : 'http'}",response_code="${code}"${cluster ? `,source_cluster="${cluster}"` : ''}${to ? `,destination_cluster="${to}"` : ''}${grpc ? `,grpc_response_status="${grpc}"` : ''}}`,
      })),
  );
}

/** A histogram in which most are below `fast` and all below `slow`, milliseconds. */
function latency(
  version: string,
  fast: number,
  slow: number,
  reporter = 'source',
  from = 'web',
  cluster = '',
  fastShare = 0.9,
  to = '',
) {
  const labels = `reporter="${reporter}",source_workload="${from}",source_workload_namespace="ai",source_cluster="${cluster}",destination_cluster="${to}",destination_service_name="chat",destination_service_namespace="ai",destination_workload="chat-${version}",destination_version="${version}"`;
  const bucket = (le: string, perSecond: number) => ({
    text: `istio_request_duration_milliseconds_bucket{${labels},le="${le}"}`,
    perSecond,
  });
  return [
    bucket(String(fast), fastShare),
    bucket(String(slow), 1),
    bucket('+Inf', 1),
  ];
}

const pod = (version: string) =>
  `namespace="ai",pod="chat-${version}-abc-x2v5k"`;

const close = (value: number) => ({
  status: 'known',
  value: expect.closeTo(value, 1),
});

describeWithPrometheus('evidence from a real Prometheus', () => {
  let running: RealPrometheus | undefined;

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  async function measure(
    series: Parameters<typeof openMetrics>[0],
    options: {
      canary?: FullVersion;
      snapshot?: MeshSnapshot;
      windowSeconds?: number;
      minutes?: number;
      cluster?: string;
      sharers?: string[];
    } = {},
  ) {
    const now = Math.floor(Date.now() / 1000);
    running = await startPrometheus(openMetrics(series, now, options.minutes));
    const client = clientOf(running);
    // However long Prometheus took to start.
    const prometheus = new PrometheusAt(client, new Date(now * 1000));
    const request = {
      cluster: options.cluster ?? 'demo',
      sharers: options.sharers,
      snapshot: options.snapshot ?? snapshotFromYaml(mesh()),
      prometheus,
      canary: options.canary ?? subset('v2'),
      stable: subset('v1'),
    };
    const { windowSeconds = 300 } = options;
    const evidence = await gatherEvidence(request, windowSeconds);
    const counted = await countRequests(request, { from: now - windowSeconds });
    const reporters =
      counted.status === 'known' ? counted.value.reporters : undefined;
    if (reporters?.length) {
      // Whoever reports no call that counts need not be asked for.
      const { promql, ...measured } = await gatherEvidence(
        { ...request, reporters },
        windowSeconds,
      );
      expect({ ...evidence, promql: undefined }).toEqual(measured);
    }
    return { evidence, prometheus, reporters };
  }

  it.each([
    'destination_service_name',
    'destination_service_namespace',
    'destination_version',
  ])('names the label without which nothing is found: %s', async dropped => {
    const whole =
      'reporter="source",source_workload="web",source_workload_namespace="ai",destination_service="chat.ai.svc.cluster.local",destination_service_name="chat",destination_service_namespace="ai",destination_workload="chat-v2",destination_workload_namespace="ai",destination_version="v2",request_protocol="http",response_code="200",response_flags="-",connection_security_policy="unknown"';
    const labels = whole
      .split(',')
      .filter(label => !label.startsWith(`${dropped}=`));
    const { evidence } = await measure([
      { text: `istio_requests_total{${labels.join()}}`, perSecond: 1 },
    ]);
    for (const { requests: measured } of [evidence.canary, evidence.stable]) {
      expect(measured).toMatchObject({
        status: 'unknown',
        reason: 'no-such-label',
        message: expect.stringContaining(`lack the label ${dropped}:`),
      });
    }
  });

  it('names the canonical revision where the versions are told by it alone', async () => {
    const tracked = (track: string) => `
apiVersion: v1
kind: Pod
metadata:
  name: chat-${track}
  namespace: ai
  labels: { app: chat, track: ${track}, service.istio.io/canonical-revision: ${track} }
  ownerReferences: [{ apiVersion: apps.kruise.io/v1alpha1, kind: CloneSet, name: chat, controller: true }]
spec: { containers: [{ name: chat }] }
---`;
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 1 },
        { version: 'v2', perSecond: 1 },
      ).map(({ text, ...series }) => ({
        ...series,
        text: text
          .replace(
            /destination_workload="[^"]*"/,
            'destination_workload="chat"',
          )
          .replace(
            'destination_workload=',
            'response_flags="-",connection_security_policy="unknown",destination_service="chat",destination_workload_namespace="ai",destination_workload=',
          ),
      })),
      {
        snapshot: snapshotFromYaml(
          `${mesh('track: canary')
            .split('---')
            .slice(0, 2)
            .join('---')
            .replace('{ version: v1 }', '{ track: stable }')}---
${tracked('stable')}
${tracked('canary')}`,
        ),
      },
    );
    expect(evidence.canary.requests).toMatchObject({
      status: 'unknown',
      reason: 'no-such-label',
      message: expect.stringContaining(
        'lack the label destination_canonical_revision:',
      ),
    });
  });

  it('finds a version by its canonical revision, as waypoints report it', async () => {
    const { evidence } = await measure(
      [
        ...requests(
          { version: 'v1', perSecond: 9, reporters: ['waypoint'] },
          { version: 'v2', perSecond: 0.75, reporters: ['waypoint'] },
          {
            version: 'v2',
            perSecond: 0.25,
            code: '503',
            reporters: ['waypoint'],
          },
        ),
      ].map(({ text, ...series }) => ({
        ...series,
        text: text
          .replace('destination_version="v1"', 'destination_version="1.4.0"')
          .replace('destination_version="v2"', 'destination_version="1.5.0"'),
      })),
      {
        snapshot: snapshotFromYaml(
          mesh()
            .replaceAll(
              'app: chat, version: v1',
              'app: chat, version: v1, app.kubernetes.io/version: 1.4.0',
            )
            .replaceAll(
              'app: chat, version: v2',
              'app: chat, version: v2, app.kubernetes.io/version: 1.5.0',
            ),
        ),
      },
    );
    expect(evidence.canary.requests).toEqual(close(300));
    expect(evidence.canary.errorRatio).toEqual(close(0.25));
    expect(evidence.canary.readyEndpoints).toEqual({
      status: 'known',
      value: 1,
    });
    expect(evidence.stable.errorRatio).toEqual(close(0));
  });

  it.each([
    ['', 'that share their version'],
    [', app.kubernetes.io/version: 1.5.0', 'and the canonical revision'],
  ])('tells subsets apart by their workloads%s %s', async more => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 9.9 },
        { version: 'v2', perSecond: 0.1, code: '503' },
      ).map(({ text, ...series }) => ({
        ...series,
        text: text.replace(
          /destination_version="v."/,
          'destination_version="v1"',
        ),
      })),
      {
        snapshot: snapshotFromYaml(
          mesh(`version: v1, track: canary${more}`)
            .replace(
              '{ name: v1, labels: { version: v1 } }',
              '{ name: v1, labels: { version: v1, track: stable } }',
            )
            .replaceAll(
              '{ app: chat, version: v1 }',
              `{ app: chat, version: v1, track: stable${more} }`,
            ),
        ),
      },
    );
    expect(evidence.canary.errorRatio).toEqual(close(1));
    expect(evidence.canary.requests).toEqual(close(30));
    expect(evidence.stable.errorRatio).toEqual(close(0));
    expect(evidence.promql['error-rate']?.canary).toContain(
      'destination_workload=~"chat-v2|',
    );
    expect(
      judge(context(evidence), undefined, {}, new Date()).verdict,
    ).toMatchObject({ outcome: 'breach' });
  });

  it('does not take one side’s report for all where no label names the callers', async () => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 1 },
        { version: 'v2', perSecond: 1 },
        // A caller without a proxy, of whom only the called side knows.
        {
          version: 'v2',
          perSecond: 3,
          code: '503',
          from: 'unknown',
          reporters: ['destination'],
        },
      ).map(({ text, ...series }) => ({
        ...series,
        text: text.replace(/,source_workload="[^"]*"/, ''),
      })),
    );
    expect(evidence.canary.errorRatio).toMatchObject({
      status: 'unknown',
      reason: 'no-such-label',
      message: expect.stringContaining('lack the label source_workload:'),
    });
    expect(
      judge(context(evidence), undefined, {}, new Date()).verdict,
    ).toMatchObject({ outcome: 'hold' });
  }, 60_000);

  it('counts failures of both versions, each request once', async () => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 9 },
        { version: 'v2', perSecond: 0.8 },
        // Never arrived: only the caller knows.
        { version: 'v2', perSecond: 0.1, code: '0', reporters: ['source'] },
        { version: 'v2', perSecond: 0.05, code: '503' },
        { version: 'v2', perSecond: 0.05, code: '429' },
        // Failed as gRPC does; and the caller's own fault, which is none of the server's.
        { version: 'v2', perSecond: 0.1, grpc: '14' },
        { version: 'v2', perSecond: 0.1, grpc: '5' },
        // A caller without a proxy: only the called side knows.
        {
          version: 'v2',
          perSecond: 0.8,
          from: 'unknown',
          reporters: ['destination'],
        },
      ),
    );
    expect(evidence.canary).toMatchObject({
      requests: close(600),
      errorRatio: close(0.125),
      throttledRatio: close(0.025),
      readyEndpoints: { status: 'known', value: 1 },
    });
    expect(evidence.stable).toMatchObject({
      requests: close(2700),
      errorRatio: close(0),
    });
    expect(evidence.lostRequests).toEqual({ status: 'known', value: 0 });
  }, 60_000);

  it('counts the first failure of a new kind, and no old one anew', async () => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 1 },
        { version: 'v2', perSecond: 1 },
        { version: 'v2', perSecond: 1, code: '500', bornSecondsAgo: 3 },
      ),
      { windowSeconds: 60 },
    );
    expect(evidence.canary.errorRatio).toEqual(close(5 / 65));
  }, 60_000);

  it('sees requests that reached no version', async () => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 1 },
        { version: 'v2', perSecond: 1 },
        {
          version: 'unknown',
          perSecond: 0.5,
          code: '503',
          reporters: ['source'],
        },
        {
          version: 'unknown',
          perSecond: 0.1,
          grpc: '14',
          reporters: ['source'],
        },
      ),
    );
    expect(evidence.lostRequests).toEqual(close(180));
    expect(evidence.canary.requests).toEqual(close(300));
  }, 60_000);

  it('measures p99 of both versions, from the called side where the caller has no proxy', async () => {
    const { evidence, reporters } = await measure([
      ...requests(
        { version: 'v1', perSecond: 1 },
        {
          version: 'v2',
          perSecond: 1,
          from: 'unknown',
          reporters: ['destination'],
        },
      ),
      ...latency('v1', 1000, 2500),
      // The called side's own report of the same requests, which does not count.
      ...latency('v1', 1000, 600_000, 'destination'),
      ...latency('v2', 5000, 10_000, 'destination', 'unknown'),
    ]);
    // 99 % lies nine tenths into the upper bucket.
    expect(evidence.stable.p99Ms).toEqual(close(2350));
    expect(evidence.canary.p99Ms).toEqual(close(9500));
    expect(reporters).toEqual(['source', 'destination']);
  }, 60_000);

  describe('with callers in several clusters', () => {
    it('counts the calls of a namesake in another cluster, whose proxies report elsewhere', async () => {
      const from = 'orchestrator';
      const { evidence } = await measure(
        requests(
          { version: 'v1', perSecond: 1, from, cluster: 'east' },
          { version: 'v2', perSecond: 1, from, cluster: 'east' },
          {
            version: 'v2',
            perSecond: 3,
            code: '503',
            from,
            cluster: 'west',
            reporters: ['destination'],
          },
        ),
      );
      expect(evidence.canary).toMatchObject({
        requests: close(1200),
        errorRatio: close(0.75),
      });
      expect(evidence.stable).toMatchObject({
        requests: close(300),
        errorRatio: close(0),
      });
      expect(
        judge(context(evidence), undefined, {}, new Date()).verdict,
      ).toMatchObject({ outcome: 'breach' });
    }, 60_000);

    it('counts nothing of what another cluster does among its own, by routes of its own, in one Prometheus', async () => {
      const from = 'orchestrator';
      const { evidence } = await measure(
        [
          ...requests(
            // The canary's cluster, whose callers' requests another one answers at times.
            {
              version: 'v2',
              perSecond: 0.5,
              cluster: 'east',
              to: 'east',
              from,
            },
            {
              version: 'v2',
              perSecond: 0.5,
              cluster: 'east',
              to: 'west',
              from,
            },
            // Another cluster's callers, whom only the canary fails.
            {
              version: 'v2',
              perSecond: 1,
              code: '503',
              cluster: 'west',
              to: 'east',
              from,
            },
            // A great crowd that has nothing to do with it.
            { version: 'v2', perSecond: 98, cluster: 'west', to: 'west', from },
          ),
          ...latency('v2', 1000, 2500, 'source', from, 'east', 0.9, 'east'),
          ...latency('v2', 1000, 600_000, 'source', from, 'west', 0.1, 'west'),
        ],
        { cluster: 'east', sharers: ['west'] },
      );
      expect(evidence.canary).toMatchObject({
        requests: close(600),
        errorRatio: close(0.5),
        p99Ms: close(2350),
      });
    }, 60_000);

    it('counts once what both clusters report into one Prometheus', async () => {
      const from = 'orchestrator';
      const { evidence } = await measure(
        requests(
          { version: 'v1', perSecond: 1, from, cluster: 'east' },
          { version: 'v2', perSecond: 1, from, cluster: 'east' },
          { version: 'v2', perSecond: 3, code: '503', from, cluster: 'west' },
        ),
      );
      expect(evidence.canary).toMatchObject({
        requests: close(1200),
        errorRatio: close(0.75),
      });
    }, 60_000);

    it.each([
      ['the called side', ['source'], ['destination']],
      ['the calling side', ['destination'], ['source']],
    ])(
      'counts once where only %s names the cluster',
      async (_, nameless, labelled) => {
        const slowOf = (reporter: string) =>
          reporter === 'source' ? 2500 : 600_000;
        const all = { version: 'v2', perSecond: 2 };
        const { evidence } = await measure([
          ...requests(
            { ...all, reporters: nameless },
            { ...all, reporters: labelled, cluster: 'demo' },
            { version: 'v1', perSecond: 1 },
          ),
          // The called side's own report of the same requests, which does not count.
          ...latency('v2', 1000, slowOf(nameless[0]), nameless[0], 'web'),
          ...latency(
            'v2',
            1000,
            slowOf(labelled[0]),
            labelled[0],
            'web',
            'demo',
          ),
          {
            text: `ai_token_consumption_tokens_sum{${pod('v2')}}`,
            perSecond: 800,
          },
        ]);
        expect(evidence.canary).toMatchObject({
          requests: close(600),
          tokensPerRequest: close(400),
          p99Ms: close(2350),
        });
      },
      60_000,
    );

    it('measures p99 with the answers that the other cluster waited for', async () => {
      const { evidence } = await measure([
        ...requests(
          { version: 'v1', perSecond: 1, cluster: 'east' },
          { version: 'v2', perSecond: 1, cluster: 'east' },
          {
            version: 'v2',
            perSecond: 1,
            cluster: 'west',
            reporters: ['destination'],
          },
        ),
        ...latency('v2', 1000, 10_000, 'source', 'web', 'east'),
        ...latency('v2', 1000, 10_000, 'destination', 'web', 'east'),
        ...latency('v2', 1000, 10_000, 'destination', 'web', 'west', 0),
      ]);
      // Of two answers 0.9 are quick, and 0.02 may be slower than the percentile: 1.08 / 1.1 into the upper bucket.
      expect(evidence.canary.p99Ms).toEqual(close(1000 + (9000 * 1.08) / 1.1));
    }, 60_000);
  });

  it('counts an ambient call by its waypoint, and not again where the waypoint passes it on', async () => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 1, reporters: ['waypoint'] },
        { version: 'v2', perSecond: 2, reporters: ['waypoint'] },
        {
          version: 'v2',
          perSecond: 2,
          from: 'waypoint',
          reporters: ['destination'],
        },
      ),
      {
        snapshot: snapshotFromYaml(`${mesh()}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: waypoint, namespace: ai }
spec:
  template:
    metadata: { labels: { gateway.istio.io/managed: istio.io-mesh-controller } }
`),
      },
    );
    expect(evidence.canary.requests).toEqual(close(600));
  }, 60_000);

  it.each([
    [
      'OpenTelemetry',
      (version: string, tokens: number) => [
        {
          text: `gen_ai_client_token_usage_sum{${pod(version)},gen_ai_token_type="input"}`,
          perSecond: tokens / 4,
        },
        {
          text: `gen_ai_client_token_usage_sum{${pod(version)},gen_ai_token_type="output"}`,
          perSecond: (tokens * 3) / 4,
        },
        {
          text: `gen_ai_server_time_to_first_token_seconds_sum{${pod(version)}}`,
          perSecond: tokens / 1000,
        },
        {
          text: `gen_ai_server_time_to_first_token_seconds_count{${pod(version)}}`,
          perSecond: 1,
        },
      ],
      true,
    ],
    [
      'OpenTelemetry by other names',
      (version: string, tokens: number) => [
        {
          text: `gen_ai_client_token_usage_tokens_sum{${pod(version)},gen_ai_token_type="output"}`,
          perSecond: tokens,
        },
        {
          text: `gen_ai_server_time_to_first_token_milliseconds_sum{${pod(version)}}`,
          perSecond: tokens,
        },
        {
          text: `gen_ai_server_time_to_first_token_milliseconds_count{${pod(version)}}`,
          perSecond: 1,
        },
      ],
      true,
    ],
    [
      'vLLM behind a prefix',
      (version: string, tokens: number) => [
        ...['prompt', 'generation'].map(kind => ({
          text: `kserve_vllm:${kind}_tokens_total{${pod(version)}}`,
          perSecond: tokens / 2,
        })),
        {
          text: `kserve_vllm:time_to_first_token_seconds_sum{${pod(version)}}`,
          perSecond: tokens / 1000,
        },
        {
          text: `kserve_vllm:time_to_first_token_seconds_count{${pod(version)}}`,
          perSecond: 1,
        },
      ],
      true,
    ],
    [
      'OpenTelemetry behind a prefix that nobody has heard of, in other units',
      (version: string, tokens: number) => [
        {
          text: `edge_gen_ai_client_token_usage_token_sum{${pod(version)},gen_ai_token_type="input"}`,
          perSecond: tokens,
        },
        {
          text: `edge_gen_ai_server_time_to_first_token_ms_sum{${pod(version)}}`,
          perSecond: tokens,
        },
        {
          text: `edge_gen_ai_server_time_to_first_token_ms_count{${pod(version)}}`,
          perSecond: 1,
        },
      ],
      true,
    ],
    [
      'vLLM in two spellings of one pod, which do not count twice, without unit and suffix',
      (version: string, tokens: number) => [
        ...['edge_vllm_prompt_tokens', 'edge_more_vllm_prompt_tokens'].map(
          name => ({
            text: `${name}{${pod(version)}}`,
            perSecond: tokens / 2,
          }),
        ),
        ...[
          'edge_vllm_generation_tokens',
          'edge_more_vllm_generation_tokens',
        ].map(name => ({
          text: `${name}{${pod(version)}}`,
          perSecond: tokens / 2,
        })),
        {
          text: `edge_vllm_time_to_first_token_sum{${pod(version)}}`,
          perSecond: tokens / 1000,
        },
        {
          text: `edge_vllm_time_to_first_token_count{${pod(version)}}`,
          perSecond: 1,
        },
      ],
      true,
    ],
    [
      'Spring AI',
      (version: string, tokens: number) => [
        {
          text: `gen_ai_client_token_usage_total{${pod(version)},gen_ai_token_type="input"}`,
          perSecond: tokens / 4,
        },
        {
          text: `gen_ai_client_token_usage_total{${pod(version)},gen_ai_token_type="output"}`,
          perSecond: (tokens * 3) / 4,
        },
        {
          text: `gen_ai_client_token_usage_total{${pod(version)},gen_ai_token_type="total"}`,
          perSecond: tokens,
        },
      ],
      false,
    ],
    [
      'hand-written Micrometer',
      (version: string, tokens: number) => [
        {
          text: `ai_token_consumption_tokens_sum{${pod(version)},model="m"}`,
          perSecond: tokens,
        },
      ],
      false,
    ],
    [
      'vLLM',
      (version: string, tokens: number) => [
        {
          text: `vllm:prompt_tokens_total{${pod(version)}}`,
          perSecond: tokens / 2,
        },
        {
          text: `vllm:generation_tokens_total{${pod(version)}}`,
          perSecond: tokens / 2,
        },
        {
          text: `vllm:time_to_first_token_seconds_sum{${pod(version)}}`,
          perSecond: tokens / 1000,
        },
        {
          text: `vllm:time_to_first_token_seconds_count{${pod(version)}}`,
          perSecond: 1,
        },
      ],
      true,
    ],
  ])(
    'reads tokens as %s reports them',
    async (_, report, firstToken) => {
      const { evidence } = await measure([
        ...requests(
          { version: 'v1', perSecond: 1 },
          { version: 'v2', perSecond: 2 },
        ),
        ...report('v1', 400),
        ...report('v2', 1200),
        // Another workload whose name begins alike.
        {
          text: `ai_token_consumption_tokens_sum{namespace="ai",pod="chat-v2-extra-abc-x2v5k"}`,
          perSecond: 9999,
        },
      ]);
      expect(evidence.stable.tokensPerRequest).toEqual(close(400));
      expect(evidence.canary.tokensPerRequest).toEqual(close(600));
      const absent = { status: 'unknown', reason: 'not-exported' };
      expect(evidence.stable.timeToFirstTokenMs).toMatchObject(
        firstToken ? close(400) : absent,
      );
      expect(evidence.canary.timeToFirstTokenMs).toMatchObject(
        firstToken ? close(1200) : absent,
      );
    },
    60_000,
  );

  it('tells a subset without a version label apart by its workloads', async () => {
    const series = requests(
      { version: 'v1', perSecond: 1 },
      { version: 'v2', perSecond: 2 },
    );
    const { evidence } = await measure(series, {
      snapshot: snapshotFromYaml(mesh('track: new')),
    });
    expect(evidence.canary.requests).toEqual(close(600));
  }, 60_000);

  it('waits for a Prometheus that has just started', async () => {
    const { evidence } = await measure(
      requests(
        { version: 'v1', perSecond: 1 },
        { version: 'v2', perSecond: 1 },
      ),
      { minutes: 2 },
    );
    expect(evidence.canary.errorRatio).toMatchObject({
      status: 'unknown',
      reason: 'not-exported',
      message: expect.stringContaining('has just started, or was away'),
    });
  }, 60_000);

  it('keeps the query of each gate, which gives the same value again', async () => {
    const { evidence, prometheus } = await measure([
      ...requests(
        { version: 'v1', perSecond: 1 },
        { version: 'v2', perSecond: 1 },
      ),
      ...latency('v1', 1000, 2500),
      ...latency('v2', 5000, 10_000),
    ]);
    expect(Object.keys(evidence.promql)).toEqual([
      'error-rate',
      'throttled',
      'latency-p99',
      'tokens-per-request',
      'time-to-first-token',
    ]);
    const { samples } = await prometheus.query(
      evidence.promql['latency-p99']!.canary,
    );
    expect(evidence.canary.p99Ms).toEqual(close(samples[0].value));
  }, 60_000);
});

describe('evidence', () => {
  const answering = (query: PrometheusClient['query']): PrometheusClient => ({
    query,
    queryRange: () => Promise.reject(new Error('not asked')),
  });
  const measure = (
    prometheus: PrometheusClient | undefined,
    snapshot = snapshotFromYaml(mesh()),
    canary = subset('v2'),
  ) =>
    gatherEvidence(
      { cluster: 'demo', snapshot, prometheus, canary, stable: subset('v1') },
      300,
    );
  const whyOf = (value: Measured<number>) => value;

  it('is unknown where Prometheus does not answer, but for the endpoints', async () => {
    const { canary, lostRequests } = await measure(
      answering(() =>
        Promise.reject(new SourceError('source-unreachable', 'It is away.')),
      ),
    );
    expect(whyOf(canary.errorRatio)).toEqual({
      status: 'unknown',
      reason: 'source-unreachable',
      message: 'It is away.',
    });
    expect(lostRequests.status).toBe('unknown');
    expect(canary.readyEndpoints).toEqual({ status: 'known', value: 1 });
  });

  it('is unknown where the answer may not be whole', async () => {
    const { canary } = await measure(
      answering(async promql => ({
        promql,
        samples: [],
        warnings: ['store-2 did not answer'],
        observedAt: new Date(),
      })),
    );
    expect(whyOf(canary.requests)).toMatchObject({
      reason: 'source-unreachable',
      message: "Prometheus' answer may not be whole: store-2 did not answer",
    });
  });

  it('is absent where Prometheus knows no series', async () => {
    const { canary } = await measure(
      answering(async promql => ({
        promql,
        samples: [],
        warnings: [],
        observedAt: new Date(),
      })),
    );
    expect(whyOf(canary.requests)).toMatchObject({ reason: 'not-exported' });
    expect(whyOf(canary.p99Ms)).toMatchObject({ reason: 'not-exported' });
  });

  it('says so where no Prometheus is configured', async () => {
    const { canary } = await measure(undefined);
    expect(whyOf(canary.requests)).toMatchObject({ reason: 'not-configured' });
  });

  it('names the subset that is not defined', async () => {
    const { canary } = await measure(undefined, undefined, subset('v9'));
    expect(whyOf(canary.requests)).toMatchObject({
      message: `The subset v9 is not defined by a DestinationRule for ${host}.`,
    });
  });
});
