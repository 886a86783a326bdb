import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import type { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { request as httpRequest } from 'http';
import {
  CanaryPortal,
  chat,
  chatRequest,
  hidden,
  writableCluster,
} from './__testUtils__/CanaryPortal';
import { actionRequests } from './__testUtils__/hostile/actionAttacks';
import { fuzzRun } from './__testUtils__/hostile/fuzzRun';
import {
  present,
  type HostileRequest,
} from './__testUtils__/hostile/HostileRequest';
import { previews } from './__testUtils__/hostile/nearly';
import {
  requestsOf,
  rightRequest,
  strayRequest,
} from './__testUtils__/hostile/routeAttacks';
import { spoiling, type Spoiling } from './__testUtils__/spoiledAnswer';
import { SpoilingProxy } from './__testUtils__/SpoilingProxy';
import { StallProbe } from './__testUtils__/StallProbe';
import { until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';
import { serve, type TestServer } from './target/__testUtils__/serve';

/** In a short run; so many rounds of up to four requests at once. */
const ROUNDS = 60;
/** Of each route and action, before those that come as they come. */
const EACH = 3;
const LONGEST_STALL_MS = 200;
const LARGEST_ANSWER = 1_000_000;
/** Nobody waits longer: three sources in a row that do not answer. */
const PATIENCE_MS = 30_000;

jest.setTimeout(fuzzRun.timeoutMs);

const secrets = {
  prometheus: 'planted-prometheus-9f86d081',
  kiali: 'planted-kiali-884c7d65',
  tracing: 'planted-tracing-2c26b46b',
  tempo: 'planted-tempo-fcde2b2e',
  webhook: 'planted-webhook-18ac3e73',
};

/** Gates whose queries an answer of Prometheus is read by. */
const gates: JsonObject[] = [
  {
    name: 'votes',
    title: { en: 'Votes' },
    kind: 'share',
    bad: 'istio_requests_total{response_code="500",{{selector}}}',
    all: 'istio_requests_total{ {{selector}} }',
    rollBackAbove: 0.9,
    advanceBelow: 0.8,
  },
  {
    name: 'score',
    title: { en: 'Score' },
    kind: 'value',
    query: 'sum(istio_requests_total{ {{selector}} })',
    better: 'higher',
    rollBack: { bound: 0 },
    advance: { bound: 0 },
  },
];

const UNTOUCHED: Spoiling = { status: 200, how: 'not', at: 0, value: null };

/** What is attacked, beside paths that lead nowhere. */
const targets = new Map([...requestsOf, ...actionRequests]);

interface Answer {
  status: number;
  text: string;
}

describeWithPrometheus('whatever is asked, and whatever sources answer', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let changeBoard: TestServer;
  let proxies: SpoilingProxy[] = [];
  let portal: CanaryPortal;
  let canary = '';
  let log = '';
  const probe = new StallProbe();
  const found = {
    attempts: 0,
    answersSpoiled: 0,
    longestStallMs: 0,
    largestAnswer: 0,
    slowest: { ms: 0, path: '' },
    statuses: {} as Record<number, number>,
  };
  const attempts = new Map<string, number>();

  beforeAll(async () => {
    sandbox = await startSandbox(['--speed', '20']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    changeBoard = await serve((_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ verdict: 'go', reason: 'nothing against it' }));
    });
    proxies = await Promise.all([
      SpoilingProxy.start(prometheus.url, [secrets.prometheus]),
      SpoilingProxy.start(sandbox.kiali, [secrets.kiali]),
      SpoilingProxy.start(sandbox.jaeger, [secrets.tracing]),
      SpoilingProxy.start(sandbox.tempo, [secrets.tempo]),
      SpoilingProxy.start(changeBoard.url, [secrets.webhook]),
    ]);
    const [metrics, kiali, jaeger, tempo, webhook] = proxies.map(
      ({ url }) => url,
    );
    portal = await CanaryPortal.start({
      clusters: [
        writableCluster(sandbox, {
          prometheus: {
            url: metrics,
            auth: { bearerToken: secrets.prometheus },
            cacheTtl: '0s',
            timeout: '5s',
            scrapeInterval: '1s',
          },
          kiali: { url: kiali, token: secrets.kiali, timeout: '5s' },
          tracing: {
            type: 'jaeger',
            url: jaeger,
            auth: { basic: { username: 'portal', password: secrets.tracing } },
            cacheTtl: '0s',
            timeout: '5s',
          },
        }),
        // The same mesh once more, whose traces are in Tempo.
        {
          name: 'hall',
          kubernetes: {
            url: sandbox.kubernetes,
            serviceAccountToken: sandbox.tokens.reader,
          },
          tracing: {
            type: 'tempo',
            url: tempo,
            auth: { bearerToken: secrets.tempo },
            cacheTtl: '0s',
            timeout: '5s',
          },
        },
      ],
      canary: {
        gates,
        webhooks: [
          {
            name: 'change-board',
            events: [
              ...['before-start', 'before-step'],
              ...['after-promotion', 'on-roll-back'],
            ],
            url: webhook,
            secret: secrets.webhook,
            timeout: '5s',
          },
        ],
      },
      entities: [chat, hidden],
      features: [
        actionsRegistryServiceFactory,
        capturingLogger(text => (log += text)),
      ],
    });
    await beginCanary();
    // What is loaded once is no stall of a request.
    for (const route of requestsOf.keys()) {
      if (!route.includes('/actions')) {
        await send(rightRequest(route));
      }
    }
    probe.start(portal.port);
  }, 180_000);

  afterAll(async () => {
    probe.stop();
    await portal?.stop();
    await Promise.all(proxies.map(proxy => proxy.stop()));
    await changeBoard?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  /** A canary that is under way meanwhile, and asks the same sources; where people have ended it, another one. */
  async function beginCanary(): Promise<void> {
    proxies.forEach(proxy => {
      proxy.spoilings = [UNTOUCHED];
    });
    const { canaries } = await portal.as('rita').all(true);
    if (canaries.some(({ id }) => id === canary)) {
      return;
    }
    // One that a request among all the others asked for will do as well.
    const active =
      canaries.at(0) ??
      (await portal
        .as('olivia')
        .requestSoon({ ...chatRequest, plan: previews[0].plan as never }));
    canary = active.id;
    if (active.state === 'requested') {
      await portal.as('adam').actNow(canary, 'approve');
    }
  }

  /** With what could not be known before. */
  async function filled(text: string): Promise<string> {
    const needsVersion = text.includes(present.version);
    const { version } = needsVersion
      ? await portal.as('rita').details(canary)
      : { version: 0 };
    return text
      .replaceAll(present.canary, canary)
      .replaceAll(`"${present.version}"`, String(version))
      .replaceAll(present.moment, new Date(Date.now() - 120_000).toISOString());
  }

  /** As it is written: no client may mend a path on the way. */
  async function send(hostile: HostileRequest): Promise<Answer> {
    const { method, type, as = 'olivia' } = hostile;
    const path = await filled(hostile.path);
    const body =
      hostile.body === undefined ? undefined : await filled(hostile.body);
    return new Promise((resolve, reject) => {
      const asking = httpRequest(
        {
          port: portal.port,
          method,
          path: `/api/ai-mesh${path}`,
          timeout: PATIENCE_MS,
          headers: {
            ...(as !== 'nobody' && {
              Authorization: portal.authorizationOf(as),
            }),
            ...(body !== undefined && {
              'Content-Type': type ?? 'application/json',
              'Content-Length': Buffer.byteLength(body),
            }),
          },
        },
        answer => {
          const chunks: Buffer[] = [];
          answer.on('data', chunk => chunks.push(chunk));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
            }),
          );
          answer.on('error', reject);
        },
      );
      asking.on('timeout', () => {
        asking.destroy(new Error(`no answer in ${PATIENCE_MS} ms: ${path}`));
      });
      asking.on('error', error =>
        // A body that is refused before it was read to its end.
        (error as NodeJS.ErrnoException).code === 'EPIPE' ||
        (error as NodeJS.ErrnoException).code === 'ECONNRESET'
          ? resolve({ status: 413, text: '' })
          : reject(error),
      );
      asking.end(body);
    });
  }

  async function check(one: HostileRequest): Promise<Answer> {
    const began = performance.now();
    const answer = await send(one);
    const { status, text } = answer;
    const ms = performance.now() - began;
    found.attempts += 1;
    attempts.set(one.target, (attempts.get(one.target) ?? 0) + 1);
    found.statuses[status] = (found.statuses[status] ?? 0) + 1;
    found.largestAnswer = Math.max(found.largestAnswer, text.length);
    if (ms > found.slowest.ms) {
      found.slowest = { ms: Math.round(ms), path: one.path.slice(0, 200) };
    }
    const problems = [
      ...(status >= 500 ? [`answered ${status}`] : []),
      ...(text.length > LARGEST_ANSWER ? [`${text.length} bytes`] : []),
      ...[
        ...Object.values(secrets),
        sandbox.tokens.reader,
        sandbox.tokens.writer,
      ].flatMap(secret => (text.includes(secret) ? [`holds ${secret}`] : [])),
      // The registry calls an answer wrong that is not as the action promised: a mistake of ours, not of who asked.
      ...(text.includes('Invalid output from action')
        ? ['an action answered what it did not promise']
        : []),
    ];
    if (problems.length > 0) {
      throw new Error(`${problems.join()}: ${text.slice(0, 2000)}`);
    }
    if (one.target === 'post /v1/canaries' && status < 300) {
      canary = JSON.parse(text).id;
    }
    return answer;
  }

  const spoilings = fc.array(spoiling, { minLength: 1, maxLength: 3 });
  const attackOf = (request: fc.Arbitrary<HostileRequest>) =>
    fc.record({
      requests: fc.array(request, { minLength: 1, maxLength: 4 }),
      sources: fc.tuple(
        ...([spoilings, spoilings, spoilings, spoilings, spoilings] as const),
      ),
    });

  async function attack(
    request: fc.Arbitrary<HostileRequest>,
    numRuns: number,
    seed: number,
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(attackOf(request), async ({ requests, sources }) => {
        proxies.forEach((proxy, index) => {
          proxy.spoilings = sources[index];
        });
        probe.lap();
        await Promise.all(requests.map(check));
        const stall = await probe.stall();
        found.longestStallMs = Math.max(found.longestStallMs, stall);
        if (stall > LONGEST_STALL_MS) {
          throw new Error(`stood still for ${Math.round(stall)} ms`);
        }
      }),
      { numRuns, seed, endOnFailure: true },
    );
  }

  it.each([...requestsOf.keys()])(
    '%s is answered where nothing is wrong with it',
    async route => {
      proxies.forEach(proxy => {
        proxy.spoilings = [UNTOUCHED];
      });
      // A generator whose every request is refused would prove nothing.
      const { statuses, ...right } = rightRequest(route);
      expect(statuses).toContain((await check(right)).status);
    },
  );

  it.each([...targets])(
    '%s is answered without a 5xx, a stall, a flood or a secret',
    async (target, request) => {
      await attack(request, EACH, 1);
      expect(attempts.get(target)).toBeGreaterThanOrEqual(EACH);
    },
  );

  it('are answered so together, in whatever order', async () => {
    const any = fc.oneof(
      ...[...targets].map(([target, arbitrary]) => ({
        // Of what asks sources more, since so much more can go wrong there.
        weight: /^get .*\/\{name\}\/|fleet|preflight|may-call/.test(target)
          ? 4
          : 1,
        arbitrary,
      })),
      { weight: 2, arbitrary: strayRequest },
    );
    await fuzzRun.rounds(async seed => {
      await beginCanary();
      await attack(any, ROUNDS, seed);
    });
    for (const secret of [
      ...Object.values(secrets),
      sandbox.tokens.reader,
      sandbox.tokens.writer,
    ]) {
      expect(log).not.toContain(secret);
    }
    found.answersSpoiled = proxies.reduce((sum, one) => sum + one.answered, 0);
    fuzzRun.report('routes and actions', {
      ...found,
      leastAttempts: Math.min(...attempts.values()),
      bySource: proxies.map(({ answered }) => answered),
    });
    expect(found.statuses[200]).toBeGreaterThan(found.attempts / 10);
    expect(found.statuses[400]).toBeGreaterThan(0);
    expect(found.answersSpoiled).toBeGreaterThan(found.attempts / 10);
  });

  it('leave a portal that answers, and a canary that goes on', async () => {
    await beginCanary();
    const { status } = await send(
      rightRequest('get /v1/entities/{kind}/{namespace}/{name}/overview'),
    );
    expect(status).toBe(200);
    // Whatever the change board answered, it was asked: a canary got so far.
    await until(
      async () => proxies[4].answered,
      answered => answered > 0,
      60_000,
    );
    const { state } = await portal.as('rita').details(canary);
    expect(state).not.toBe('failed');
    expect(probe.unanswered).toBe(0);
  });
});

/** A logger of the whole backend that keeps what it is told. */
function capturingLogger(keep: (text: string) => void) {
  const logger: RootLoggerService = {
    error: (...told) => keep(said(told)),
    warn: (...told) => keep(said(told)),
    info: (...told) => keep(said(told)),
    debug: (...told) => keep(said(told)),
    child: () => logger,
  };
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  });
}

function said(told: unknown[]): string {
  return told
    .map(one =>
      one instanceof Error ? `${one.stack} ${one.cause}` : JSON.stringify(one),
    )
    .join(' ');
}
