import { RunningMeshSandbox, startMeshSandbox } from '../server';
import { app, playMesh } from '../testing/playMesh';
import { TraceStore } from './TraceStore';

interface Span {
  spanID: string;
  operationName: string;
  references: { spanID: string }[];
  startTime: number;
  duration: number;
  tags: { key: string; value: unknown }[];
  processID: string;
}

interface JaegerTrace {
  traceID: string;
  spans: Span[];
  processes: Record<string, { serviceName: string }>;
}

const CHAT = 'ai-chat-service.ai-services';

async function ask(sandbox: RunningMeshSandbox, path: string) {
  const response = await fetch(`${sandbox.jaeger}/api/${path}`);
  return { status: response.status, ...(await response.json()) };
}

async function tracesOf(
  sandbox: RunningMeshSandbox,
  parameters: Record<string, string>,
): Promise<JaegerTrace[]> {
  const query = new URLSearchParams({ limit: '100000', ...parameters });
  return (await ask(sandbox, `traces?${query}`)).data;
}

const tag = (span: Span, name: string) =>
  span.tags.find(({ key }) => key === name)?.value;

function spansOf(traces: JaegerTrace[], service: string, kind: string): Span[] {
  return traces.flatMap(({ spans, processes }) =>
    spans.filter(
      span =>
        processes[span.processID].serviceName === service &&
        tag(span, 'span.kind') === kind,
    ),
  );
}

function sampleEverything({ store }: RunningMeshSandbox, percent: number) {
  const key = { namespace: 'ai-services', name: 'ai-services' };
  const found = store.get('telemetry.istio.io', 'Telemetry', key)!;
  const telemetry = structuredClone(found) as unknown as {
    spec: { tracing: { randomSamplingPercentage: number }[] };
  };
  telemetry.spec.tracing[0].randomSamplingPercentage = percent;
  store.upsert(telemetry as never);
}

/** Sums the samples of a metric whose labels hold all of these texts. */
async function metric(
  { metrics }: RunningMeshSandbox,
  name: string,
  ...labels: string[]
): Promise<number> {
  const text = await (await fetch(metrics)).text();
  return text
    .split('\n')
    .filter(
      line =>
        line.startsWith(`${name}{`) &&
        labels.every(label => line.includes(label)),
    )
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

const ofChat = [
  'reporter="destination"',
  'destination_service_name="ai-chat-service"',
];

describe('with every request of the shop traced', () => {
  let sandbox: RunningMeshSandbox;
  let traces: JaegerTrace[];
  beforeAll(async () => {
    sandbox = await startMeshSandbox({ speed: 0.0001 });
    sampleEverything(sandbox, 100);
    sandbox.stage.play('slow-provider');
    for (let i = 0; i < 90; i += 1) {
      sandbox.tick();
    }
    traces = await tracesOf(sandbox, { service: CHAT });
  });
  afterAll(() => sandbox.stop());

  it('has as many spans of the chat service as the metrics have requests', async () => {
    expect(spansOf(traces, CHAT, 'server')).toHaveLength(
      await metric(sandbox, 'istio_requests_total', ...ofChat),
    );
  });

  it('has durations that add up to those of the metrics', async () => {
    const total = spansOf(traces, CHAT, 'server').reduce(
      (sum, { duration }) => sum + duration / 1000,
      0,
    );
    expect(total).toBeCloseTo(
      await metric(
        sandbox,
        'istio_request_duration_milliseconds_sum',
        ...ofChat,
      ),
      0,
    );
  });

  it('marks as failed what the metrics count as a server`s failure', async () => {
    const failed = spansOf(traces, CHAT, 'server').filter(
      span => tag(span, 'error') === true,
    );
    const counted = await Promise.all(
      ['0', '500', '502', '503', '504'].map(code =>
        metric(
          sandbox,
          'istio_requests_total',
          ...ofChat,
          `response_code="${code}"`,
        ),
      ),
    );
    expect(failed.length).toBeGreaterThan(0);
    expect(failed).toHaveLength(counted.reduce((sum, count) => sum + count, 0));
  });

  it('hangs each span below its caller`s, within its time', () => {
    const [{ spans }] = traces.filter(trace => trace.spans.length > 6);
    const byId = new Map(spans.map(span => [span.spanID, span]));
    const children = spans.filter(({ references }) => references.length > 0);
    expect(children).toHaveLength(spans.length - 1);
    for (const child of children) {
      const parent = byId.get(child.references[0].spanID)!;
      expect(child.startTime).toBeGreaterThanOrEqual(parent.startTime - 1);
    }
  });

  it('tags calls of a model with its name, and others with the default', () => {
    const models = new Set(
      spansOf(traces, CHAT, 'client').map(span => tag(span, 'ai.model')),
    );
    expect(models).toEqual(new Set(['swift-chat-3.5', 'sage-chat-4']));
    const [incoming] = spansOf(traces, CHAT, 'server');
    expect(tag(incoming, 'ai.model')).toBe('unknown');
    expect(tag(incoming, 'ai.request.type')).toBe('chat');
  });

  it('ends at the present', () => {
    const ends = traces.flatMap(({ spans }) =>
      spans.map(({ startTime, duration }) => (startTime + duration) / 1000),
    );
    const latest = ends.reduce((a, b) => Math.max(a, b));
    // Played in one go, 90 s of traffic lie ahead of the clock.
    expect(latest).toBeGreaterThan(Date.now() - 60_000);
    expect(latest).toBeLessThan(Date.now() + 91_000);
  });

  it.each([
    ['a duration', { minDuration: '5s' }],
    ['a failure', { tags: '{"error":"true"}' }],
    ['a model', { tags: '{"ai.model":"sage-chat-4"}' }],
  ])('finds by %s', async (_, parameters) => {
    const found = await tracesOf(sandbox, { service: CHAT, ...parameters });
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(traces.length);
  });

  it('answers the newest first, no more than asked for', async () => {
    const found = await tracesOf(sandbox, { service: CHAT, limit: '2' });
    expect(found.map(({ traceID }) => traceID)).toEqual(
      traces.slice(0, 2).map(({ traceID }) => traceID),
    );
  });

  it('answers one trace, and the names of services', async () => {
    const { data } = await ask(sandbox, `traces/${traces[0].traceID}`);
    expect(data).toEqual([traces[0]]);
    expect((await ask(sandbox, 'services')).data).toContain(CHAT);
  });

  it.each([
    ['traces', 400, "parameter 'service' is required"],
    ['traces?service=a&minDuration=long', 400, "param 'minDuration'"],
    ['traces?service=a&tags=error', 400, "malformed 'tags'"],
    ['traces?service=a&start=now', 400, "param 'start'"],
    ['traces/0', 404, 'trace not found'],
  ])('refuses %s with %s as Jaeger does', async (path, status, message) => {
    const answer = await ask(sandbox, path);
    expect(answer.status).toBe(status);
    expect(answer.data).toBeNull();
    expect(answer.errors[0].msg).toContain(message);
  });

  it('suffers faults', async () => {
    sandbox.faults.set({ target: 'jaeger', type: 'status', status: 503 });
    const response = await fetch(`${sandbox.jaeger}/api/services`);
    sandbox.faults.clear();
    expect(response.status).toBe(503);
  });
});

describe('sampling', () => {
  it('takes the share that Telemetry says, and leaves the traffic alone', async () => {
    const played = async (percent: number) => {
      const sandbox = await startMeshSandbox({ speed: 0.0001 });
      sampleEverything(sandbox, percent);
      for (let i = 0; i < 120; i += 1) {
        sandbox.tick();
      }
      const traces = await tracesOf(sandbox, {
        service: 'api-gateway.ai-services',
      });
      const requests = await metric(
        sandbox,
        'istio_requests_total',
        'reporter="destination"',
        'destination_service_name="api-gateway"',
      );
      await sandbox.stop();
      return { traces: traces.length, requests };
    };
    const none = await played(0);
    const tenth = await played(10);
    expect(none.traces).toBe(0);
    expect(tenth.requests).toBe(none.requests);
    expect(tenth.traces / tenth.requests).toBeGreaterThan(0.07);
    expect(tenth.traces / tenth.requests).toBeLessThan(0.13);
  });
});

const telemetry = `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: tracing, namespace: shop }
spec: { tracing: [{ randomSamplingPercentage: 100 }] }`;

const behaviour = {
  loads: [
    {
      from: 'shop/web-v1',
      requestsPerSecond: 5,
      requests: [{ to: 'api:8080' }],
    },
  ],
  workloads: [{ workload: 'shop/api-v1', errorRatio: 1 }],
};

describe('a request that is tried again', () => {
  const retries = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec:
  hosts: [api]
  http: [{ route: [{ destination: { host: api } }], retries: { attempts: 2, retryOn: 5xx } }]`;

  it('has one span at the caller, which says how often, and one for each try', () => {
    const mesh = playMesh(
      [app('web'), app('api'), telemetry, retries],
      behaviour,
    );
    mesh.play(20);
    const [sent] = mesh.between('source', 'web-v1', 'api-v1');
    expect(sent.traced?.retries).toBe(2);
    const tries = mesh
      .between('destination', 'web-v1')
      .filter(
        ({ traced }) =>
          traced?.request.span?.parentSpanId ===
          sent.traced?.request.span?.spanId,
      );
    expect(tries).toHaveLength(3);
  });
});

describe('TraceStore', () => {
  it('forgets the oldest traces first', () => {
    const mesh = playMesh([app('web'), app('api'), telemetry], behaviour);
    mesh.play(30);
    const store = new TraceStore({
      engine: mesh.engine,
      clock: () => new Date(),
      mostSpans: 20,
    });
    mesh.requests.forEach(report => store.request(report));
    const kept = [...store.newest()];
    const spans = kept.reduce((sum, trace) => sum + trace.spans.length, 0);
    expect(mesh.requests.length).toBeGreaterThan(100);
    expect(spans).toBeLessThanOrEqual(20);
    expect(kept[0].traceId).toBe(
      mesh.requests.at(-1)?.traced?.request.span?.traceId,
    );
  });
});
