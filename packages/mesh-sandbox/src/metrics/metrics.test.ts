import { spawnSync } from 'child_process';
import fc from 'fast-check';
import {
  MeshSandboxOptions,
  RunningMeshSandbox,
  startMeshSandbox,
} from '../server';
import { renderLabels } from './exposition';
import { Buckets, Histogram, quantile } from './Histogram';

/** Time stands still but for the test's own ticks. */
const FROZEN = { speed: 0.0001 };

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

async function scrape({ metrics }: RunningMeshSandbox): Promise<string> {
  return (await fetch(metrics)).text();
}

function samplesOf(text: string, name: string): Sample[] {
  return text
    .split('\n')
    .filter(line => line.startsWith(`${name}{`))
    .map(line => ({
      name,
      labels: Object.fromEntries(
        [...line.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [
          key,
          value,
        ]),
      ),
      value: Number(line.slice(line.lastIndexOf(' '))),
    }));
}

function sum(samples: Sample[], labels: Record<string, string> = {}): number {
  return samples
    .filter(one =>
      Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    )
    .reduce((total, { value }) => total + value, 0);
}

async function played(
  seconds: number,
  options: MeshSandboxOptions = {},
): Promise<RunningMeshSandbox> {
  const sandbox = await startMeshSandbox({ ...FROZEN, ...options });
  for (let i = 0; i < seconds; i += 1) {
    sandbox.tick();
  }
  return sandbox;
}

// Skipped by name where there is no promtool; with CI set its absence fails.
const isInstalled = spawnSync('promtool', ['--version']).status === 0;
const withPromtool = isInstalled || process.env.CI ? describe : describe.skip;

describe('a scrape of the shop', () => {
  let sandbox: RunningMeshSandbox;
  let text: string;
  beforeAll(async () => {
    sandbox = await played(180);
    text = await scrape(sandbox);
  });
  afterAll(() => sandbox.stop());

  withPromtool('read by promtool', () => {
    it('is text that it understands', () => {
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: text,
        encoding: 'utf8',
        maxBuffer: 1e8,
      });
      // 1 is a text that cannot be read, 3 a matter of taste: Istio's and vLLM's own names are not to promtool's.
      expect([0, 3]).toContain(status);
      expect(stderr).not.toContain('error while linting');
    });
  });

  it('has each series once, and no value that is not a number', () => {
    const lines = text.split('\n').filter(line => line && line[0] !== '#');
    const series = lines.map(line => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(series).size).toBe(series.length);
    expect(
      lines.filter(
        line => !Number.isFinite(Number(line.slice(line.lastIndexOf(' ')))),
      ),
    ).toEqual([]);
  });

  it("has Istio's labels, all of them", () => {
    const [one] = samplesOf(text, 'istio_requests_total');
    expect(Object.keys(one.labels).sort()).toEqual(
      [
        'reporter',
        'request_protocol',
        'response_code',
        'response_flags',
        'connection_security_policy',
        'destination_service',
        'destination_service_name',
        'destination_service_namespace',
        ...['source', 'destination'].flatMap(side =>
          [
            'workload',
            'workload_namespace',
            'principal',
            'app',
            'version',
            'cluster',
            'canonical_service',
            'canonical_revision',
          ].map(label => `${side}_${label}`),
        ),
      ].sort(),
    );
  });

  it('says how a request came in on the callee`s side alone', () => {
    const requests = samplesOf(text, 'istio_requests_total');
    const policies = (reporter: string) =>
      new Set(
        requests
          .filter(({ labels }) => labels.reporter === reporter)
          .map(({ labels }) => labels.connection_security_policy),
      );
    expect(policies('source')).toEqual(new Set(['unknown']));
    expect(policies('destination')).toEqual(new Set(['mutual_tls', 'none']));
  });

  it('names the batch job, which has no identity', () => {
    const [plain] = samplesOf(text, 'istio_requests_total').filter(
      ({ labels }) => labels.connection_security_policy === 'none',
    );
    expect(plain.labels).toMatchObject({
      source_workload: 'nightly-embedding-job',
      source_principal: 'unknown',
      destination_service: 'ai-chat-service.ai-services.svc.cluster.local',
      response_code: '200',
    });
  });

  it('has principals where certificates were shown', () => {
    const [mutual] = samplesOf(text, 'istio_requests_total').filter(
      ({ labels }) =>
        labels.source_workload === 'ai-orchestrator' &&
        labels.destination_workload === 'ai-chat-service-v1',
    );
    expect(mutual.labels).toMatchObject({
      source_principal:
        'spiffe://cluster.local/ns/ai-services/sa/ai-orchestrator',
      destination_principal:
        'spiffe://cluster.local/ns/ai-services/sa/ai-chat-service',
    });
  });

  it('splits the chat service at about 90 to 10', () => {
    const requests = samplesOf(text, 'istio_requests_total');
    const of = (version: string) =>
      sum(requests, {
        reporter: 'destination',
        destination_service_name: 'ai-chat-service',
        destination_version: version,
      });
    const share = of('v2') / (of('v1') + of('v2'));
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.16);
  });

  it.each([
    ['istio_request_duration_milliseconds'],
    ['istio_request_bytes'],
    ['istio_response_bytes'],
  ])('has in %s what was counted, in rising buckets', name => {
    const requests = sum(samplesOf(text, 'istio_requests_total'));
    expect(sum(samplesOf(text, `${name}_count`))).toBe(requests);
    const buckets = samplesOf(text, `${name}_bucket`).slice(0, 20);
    expect(buckets.at(-1)?.labels.le).toBe('+Inf');
    expect(buckets).toHaveLength(20);
    buckets.reduce((before, { value }) => {
      expect(value).toBeGreaterThanOrEqual(before);
      return value;
    }, 0);
  });

  it('counts AI calls as often as the mesh did', () => {
    const requests = samplesOf(text, 'istio_requests_total');
    const calls = (source: string, destination: string) =>
      sum(
        requests.filter(({ labels }) =>
          labels.source_workload.startsWith(source),
        ),
        { reporter: 'source', destination_service_name: destination },
      );
    expect(sum(samplesOf(text, 'ai_model_requests_total'))).toBe(
      calls('ai-chat-service', 'llm-gateway-service'),
    );
    expect(
      sum(samplesOf(text, 'gen_ai_client_operation_duration_seconds_count')),
    ).toBe(
      calls('llm-gateway', 'api.fast-model.example') +
        calls('llm-gateway', 'api.smart-model.example') +
        calls('llm-gateway', 'local-model-service'),
    );
    const served = sum(samplesOf(text, 'vllm:request_success_total'));
    const called = calls('llm-gateway', 'local-model-service');
    // An answer that is on its way was served and not yet received.
    expect(served - called).toBeGreaterThanOrEqual(0);
    expect(served - called).toBeLessThan(3);
  });

  it('has AI metrics of pods, as Kubernetes discovery labels them', () => {
    const [one] = samplesOf(text, 'ai_model_requests_total');
    expect(one.labels).toMatchObject({
      namespace: 'ai-services',
      app: 'ai-chat-service',
      pod: expect.stringMatching(/^ai-chat-service-v[12]-/),
    });
    expect(
      sum(samplesOf(text, 'resilience4j_circuitbreaker_state'), {
        state: 'closed',
      }),
    ).toBeGreaterThan(0);
  });

  it("exports Envoy's statistics for those proxies alone that are told to", () => {
    const apps = new Set(
      samplesOf(text, 'envoy_cluster_upstream_rq_pending_overflow').map(
        ({ labels }) => labels.app,
      ),
    );
    expect(apps).toEqual(new Set(['api-gateway', 'ai-orchestrator']));
    expect(
      samplesOf(text, 'envoy_cluster_outlier_detection_ejections_active').map(
        ({ labels }) => labels.cluster_name,
      ),
    ).toContain(
      'outbound|8080|v1|ai-chat-service.ai-services.svc.cluster.local',
    );
  });

  it('knows no counter before its first event', () => {
    expect(text).not.toContain('response_flags="UO"');
    expect(text).not.toContain('response_flags="UF"');
  });
});

it('obeys the annotation that switches Envoy`s statistics on', async () => {
  const sandbox = await played(2);
  sandbox.store.update<{
    apiVersion: string;
    kind: string;
    metadata: { name: string };
    spec: { template: { metadata: { annotations?: Record<string, string> } } };
  }>(
    'apps',
    'Deployment',
    { namespace: 'ai-services', name: 'qa-service' },
    draft => {
      draft.spec.template.metadata.annotations = {
        'proxy.istio.io/config':
          'proxyStatsMatcher:\n  inclusionSuffixes: [pending_overflow]',
      };
    },
  );
  for (let i = 0; i < 10; i += 1) {
    sandbox.tick();
  }
  const text = await scrape(sandbox);
  await sandbox.stop();
  const apps = (name: string) =>
    new Set(samplesOf(text, name).map(({ labels }) => labels.app));
  expect(apps('envoy_cluster_upstream_rq_pending_overflow')).toContain(
    'qa-service',
  );
  expect(apps('envoy_cluster_upstream_cx_overflow')).not.toContain(
    'qa-service',
  );
});

it('leaves out what a Telemetry object switches off', async () => {
  const sandbox = await played(2);
  sandbox.store.create({
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { name: 'mesh-default', namespace: 'istio-system' },
    spec: {
      metrics: [
        { overrides: [{ match: { metric: 'REQUEST_SIZE' }, disabled: true }] },
      ],
    },
  } as Parameters<typeof sandbox.store.create>[0]);
  sandbox.tick();
  const text = await scrape(sandbox);
  await sandbox.stop();
  expect(text).not.toContain('istio_request_bytes');
  expect(text).toContain('istio_response_bytes');
});

describe('labels', () => {
  it('keep any value on one line, and readable', () => {
    fc.assert(
      fc.property(fc.string(), value => {
        const text = renderLabels({ name: value || undefined });
        expect(text).not.toContain('\n');
        const read = /^name="(.*)"$/s.exec(text)?.[1] ?? '';
        expect(
          read.replace(/\\(.)/gs, (_, character) =>
            character === 'n' ? '\n' : character,
          ),
        ).toBe(value);
      }),
    );
  });
});

describe('histograms', () => {
  it('give quantiles within the bucket of the true one', () => {
    const buckets = new Buckets([1, 10, 100, 1000]);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), {
          minLength: 1,
          maxLength: 200,
        }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (values, q) => {
          const histogram = new Histogram(buckets);
          values.forEach(value => histogram.observe(value));
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.ceil(q * sorted.length) - 1];
          const found = quantile(buckets, histogram.snapshot(), q);
          expect(buckets.indexOf(found)).toBe(buckets.indexOf(exact));
        },
      ),
    );
  });
});
