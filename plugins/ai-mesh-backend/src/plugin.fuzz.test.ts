import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import fc from 'fast-check';
import { request as httpRequest } from 'http';
import { CanaryPortal, chat } from './__testUtils__/CanaryPortal';
import {
  hostileRequest,
  type HostileRequest,
} from './__testUtils__/hostileRequest';
import { spoiling } from './__testUtils__/spoiledAnswer';
import { SpoilingProxy } from './__testUtils__/SpoilingProxy';
import { StallProbe } from './__testUtils__/StallProbe';
import { clusterOn } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

const SEED = Number(process.env.AI_MESH_FUZZ_SEED ?? 1);
/** 0: a short run of always the same requests. */
const SECONDS = Number(process.env.AI_MESH_FUZZ_SECONDS ?? 0);
const SHORT_RUN = 150;
const LONGEST_STALL_MS = 200;
const LARGEST_ANSWER = 1_000_000;
/** Nobody waits longer: three sources in a row that do not answer. */
const PATIENCE_MS = 30_000;

jest.setTimeout((SECONDS + 300) * 1000);

const secrets = {
  prometheus: 'planted-prometheus-9f86d081',
  kiali: 'planted-kiali-884c7d65',
  tracing: 'planted-tracing-2c26b46b',
};

interface Answer {
  status: number;
  text: string;
}

describeWithPrometheus('whatever is asked, and whatever sources answer', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let proxies: SpoilingProxy[];
  let portal: CanaryPortal;
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

  beforeAll(async () => {
    sandbox = await startSandbox(['--speed', '20']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    proxies = await Promise.all([
      SpoilingProxy.start(prometheus.url, [secrets.prometheus]),
      SpoilingProxy.start(sandbox.kiali, [secrets.kiali]),
      SpoilingProxy.start(sandbox.jaeger, [secrets.tracing]),
    ]);
    portal = await CanaryPortal.start({
      clusters: [
        clusterOn(sandbox, {
          prometheus: {
            url: proxies[0].url,
            auth: { bearerToken: secrets.prometheus },
            cacheTtl: '0s',
            timeout: '5s',
          },
          kiali: { url: proxies[1].url, token: secrets.kiali, timeout: '5s' },
          tracing: {
            url: proxies[2].url,
            auth: { basic: { username: 'portal', password: secrets.tracing } },
            cacheTtl: '0s',
            timeout: '5s',
          },
        }),
      ],
      entities: [chat],
      features: [capturingLogger(text => (log += text))],
    });
    // What is loaded once is no stall of a request.
    for (const view of ['overview', 'topology', 'security', 'slos', 'traces']) {
      await send({
        method: 'get',
        path: `/v1/entities/component/default/chat/${view}`,
      });
    }
    await send({ method: 'get', path: '/v1/openapi.json' });
    await send({ method: 'post', path: '/v1/canaries/preflight', body: '{}' });
    probe.start(portal.port);
  }, 120_000);

  afterAll(async () => {
    probe.stop();
    await portal?.stop();
    await Promise.all((proxies ?? []).map(proxy => proxy.stop()));
    await prometheus?.stop();
    await sandbox?.stop();
  });

  /** As it is written: no client may mend a path on the way. */
  function send({ method, path, type, body }: HostileRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asking = httpRequest(
        {
          port: portal.port,
          method,
          path: `/api/ai-mesh${path}`,
          timeout: PATIENCE_MS,
          headers: {
            Authorization: portal.authorizationOf('olivia'),
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

  async function check(one: HostileRequest): Promise<void> {
    const began = performance.now();
    const { status, text } = await send(one);
    const ms = performance.now() - began;
    found.attempts += 1;
    found.statuses[status] = (found.statuses[status] ?? 0) + 1;
    found.largestAnswer = Math.max(found.largestAnswer, text.length);
    if (ms > found.slowest.ms) {
      found.slowest = { ms: Math.round(ms), path: one.path.slice(0, 200) };
    }
    const problems = [
      ...(status >= 500 ? [`answered ${status}`] : []),
      ...(text.length > LARGEST_ANSWER ? [`${text.length} bytes`] : []),
      ...[...Object.values(secrets), sandbox.tokens.reader].flatMap(secret =>
        text.includes(secret) ? [`holds ${secret}`] : [],
      ),
    ];
    if (problems.length > 0) {
      throw new Error(`${problems.join()}: ${text.slice(0, 2000)}`);
    }
  }

  const spoilings = fc.array(spoiling, { minLength: 1, maxLength: 3 });
  const attack = fc.record({
    requests: fc.array(hostileRequest, { minLength: 1, maxLength: 4 }),
    sources: fc.tuple(spoilings, spoilings, spoilings),
  });

  async function run(numRuns: number, seed: number): Promise<void> {
    await fc.assert(
      fc.asyncProperty(attack, async ({ requests, sources }) => {
        proxies.forEach((proxy, index) => {
          proxy.spoilings = sources[index];
        });
        probe.lap();
        await Promise.all(requests.map(check));
        const stall = probe.lap();
        found.longestStallMs = Math.max(found.longestStallMs, stall);
        if (stall > LONGEST_STALL_MS) {
          throw new Error(`stood still for ${Math.round(stall)} ms`);
        }
      }),
      { numRuns, seed, endOnFailure: true },
    );
  }

  it('is answered without a 5xx, a stall, a flood or a secret', async () => {
    const until = Date.now() + SECONDS * 1000;
    let round = 0;
    do {
      await run(SHORT_RUN, SEED + round++);
    } while (Date.now() < until);
    for (const secret of [
      ...Object.values(secrets),
      sandbox.tokens.reader,
      sandbox.tokens.writer,
    ]) {
      expect(log).not.toContain(secret);
    }
    found.answersSpoiled = proxies.reduce((sum, one) => sum + one.answered, 0);
    if (SECONDS > 0) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
    }
    // A generator whose every request is refused would prove nothing.
    expect(found.statuses[200]).toBeGreaterThan(found.attempts / 10);
    expect(found.statuses[400]).toBeGreaterThan(0);
    expect(found.answersSpoiled).toBeGreaterThan(found.attempts / 2);
  });

  it('leaves a portal that answers', async () => {
    proxies.forEach(proxy => {
      proxy.spoilings = [{ status: 200, how: 'not', at: 0, value: null }];
    });
    const { status } = await send({
      method: 'get',
      path: '/v1/entities/component/default/chat/overview',
    });
    expect(status).toBe(200);
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
