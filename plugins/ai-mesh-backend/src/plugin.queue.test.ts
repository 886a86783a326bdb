import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { ServerResponse } from 'http';
import { text } from 'stream/consumers';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { serve, type TestServer } from './target/__testUtils__/serve';

jest.setTimeout(120_000);

const OPEN = 3;
const nothing = (resultType: string) =>
  JSON.stringify({ status: 'success', data: { resultType, result: [] } });
const entities = [
  component('chat', { 'ai-mesh.io/service': 'ai-services/ai-chat-service' }),
  component('orchestrator', {
    'ai-mesh.io/service': 'ai-services/ai-orchestrator',
  }),
];
/** Different questions: every view of every window asks its own. */
const paths = ['overview', 'topology', 'routes'].flatMap(view =>
  ['5m', '15m', '1h', '6h'].map(window => `${view}?window=${window}`),
);

describe('a Prometheus that many ask', () => {
  let sandbox: RunningSandbox;
  let server: TestServer | undefined;
  let portal: Portal | undefined;
  let open = 0;
  let mostOpen = 0;
  let asked: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterEach(async () => {
    await portal?.stop();
    await server?.stop();
    portal = undefined;
    server = undefined;
  });

  afterAll(async () => {
    await sandbox?.stop();
  });

  async function start(
    answer: (response: ServerResponse, url?: string) => void,
    settings: JsonObject,
  ) {
    [open, mostOpen, asked] = [0, 0, []];
    server = await serve(async (request, response) => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      asked.push(new URLSearchParams(await text(request)).get('query') ?? '');
      answer(response, request.url);
    });
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          prometheus: { url: server.url, cacheTtl: '0s', ...settings },
        }),
      ],
      entities,
    );
    // The mesh is read, so that only Prometheus is waited for.
    await portal.read('chat/security');
    [mostOpen, asked] = [0, []];
  }

  async function read(user: string, path: string) {
    const response = await fetch(
      `http://127.0.0.1:${portal?.port}/api/ai-mesh/v1/entities/component/default/${path}`,
      {
        headers: {
          Authorization: mockCredentials.user.header(`user:default/${user}`),
        },
      },
    );
    const body = await response.json();
    return {
      status: response.status,
      prometheus: body.sources?.find(
        ({ name }: { name: string }) => name === 'prometheus',
      ),
    };
  }

  const fiftyReaders = () =>
    Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        read(
          `reader-${n}`,
          `${entities[n % 2].metadata.name}/${paths[n % paths.length]}`,
        ),
      ),
    );

  const hang = () => undefined;
  const answerSoon = (response: ServerResponse, url?: string) => {
    setTimeout(() => {
      open -= 1;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(nothing(url?.includes('query_range') ? 'matrix' : 'vector'));
    }, 10);
  };

  it('gives fifty readers an answer each where it hangs', async () => {
    await start(hang, { timeout: '2s', queue: { open: OPEN } });
    const answers = await fiftyReaders();
    for (const { status, prometheus } of answers) {
      expect(status).toBe(200);
      expect(prometheus).toMatchObject({
        status: 'unreachable',
        message: expect.stringMatching(
          /(did not answer|no turn) within 2 s\. .*prometheus\.timeout/,
        ),
      });
    }
    expect(answers.map(({ prometheus }) => prometheus.message)).toContainEqual(
      expect.stringContaining('no turn'),
    );
    expect(asked.length).toBeGreaterThan(0);
  });

  it('is waited for once in each view where it hangs, and not once for each question', async () => {
    const timeoutMs = 5000;
    await start(hang, { timeout: '5s', queue: { open: 500 } });
    const views = [
      ...['overview', 'topology', 'topology/replay?span=1h', 'routes'],
      ...['security', 'review', 'slos'],
    ];
    const began = performance.now();
    await Promise.all(
      views.map(async view => {
        const { status, prometheus } = await read(view[0], `chat/${view}`);
        expect({ view, status }).toEqual({ view, status: 200 });
        expect(prometheus).toMatchObject({
          status: 'unreachable',
          message: expect.stringContaining('did not answer within 5 s'),
        });
        expect(performance.now() - began).toBeLessThan(2 * timeoutMs);
      }),
    );
  });

  it('has a few questions of fifty readers at a time', async () => {
    await start(answerSoon, { timeout: '60s', queue: { open: OPEN } });
    for (const { status, prometheus } of await fiftyReaders()) {
      expect(status).toBe(200);
      expect(prometheus.status).toBe('ok');
    }
    expect(asked.length).toBeGreaterThan(50);
    expect(mostOpen).toBe(OPEN);
  });

  it('says so where too many wait', async () => {
    await start(hang, {
      timeout: '2s',
      queue: { open: 1, waiting: 2, waitingOfOne: 1 },
    });
    const answers = await Promise.all(
      paths.map(path => read('busy', `chat/${path}`)),
    );
    for (const { status, prometheus } of answers) {
      expect(status).toBe(200);
      expect(prometheus.status).toBe('unreachable');
    }
    expect(answers.map(({ prometheus }) => prometheus.message)).toContainEqual(
      expect.stringContaining('is asked too much'),
    );
  });
});
