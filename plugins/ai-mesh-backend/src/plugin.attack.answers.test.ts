import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { text } from 'stream/consumers';
import {
  attackAnswers,
  answersOf,
  type Answers,
} from './__testUtils__/attackAnswers';
import { fuzzRun } from './__testUtils__/hostile/fuzzRun';
import { StallProbe } from './__testUtils__/StallProbe';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { serve, type TestServer } from './target/__testUtils__/serve';

jest.setTimeout(fuzzRun.timeoutMs + 600_000);

const { AI_MESH_ATTACK_SERIES } = process.env;
/** Where a number is given, up to 7,500, it is measured; else enough to tell work that grows with the square. */
const SERIES = Number(AI_MESH_ATTACK_SERIES ?? 1500);
const LONGEST_STALL_MS = 400;
const LARGEST_ANSWER = 1_000_000;
const ALL_VIEWS = [
  'overview',
  'topology',
  'topology/replay?span=1h',
  'routes',
  'security',
  'review',
  'slos',
];
/** An overview is also of the review and the objectives. */
const VIEWS = AI_MESH_ATTACK_SERIES
  ? ALL_VIEWS
  : ['overview', 'topology', 'security'];

describe('an answer of Prometheus', () => {
  let sandbox: RunningSandbox;
  let prometheus: TestServer;
  let portal: Portal;
  let answers: Answers = answersOf([]);
  let asked = 0;
  const probe = new StallProbe();
  const found = { attempts: 0, longestStallMs: 0, largestAnswer: 0 };
  const stalls: { of: string; view: string; ms: number }[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox();
    prometheus = await serve(async (request, response) => {
      await text(request);
      asked += 1;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(request.url?.includes('range') ? answers.matrix : answers.vector);
    });
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          prometheus: { url: prometheus.url, cacheTtl: '0s', timeout: '120s' },
        }),
      ],
      [
        component('chat', {
          'ai-mesh.io/service': 'ai-services/ai-chat-service',
        }),
      ],
    );
    // What is loaded once is no stall of a request.
    for (const view of VIEWS) {
      await portal.read(`chat/${view}`);
    }
    probe.start(portal.port);
  });

  afterAll(async () => {
    const longest = stalls.sort((a, b) => b.ms - a.ms).slice(0, 10);
    fuzzRun.report('large answers of Prometheus', { ...found, longest });
    probe.stop();
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it.each(Object.entries(attackAnswers))(
    'of %s holds nobody up',
    async (of, { make, says }) => {
      answers = make(SERIES);
      for (const view of VIEWS) {
        asked = 0;
        probe.lap();
        const { status, text: body } = await portal.read(`chat/${view}`);
        const stall = await probe.stall();
        expect({ view, status }).toEqual({ view, status: 200 });
        expect(asked).toBeGreaterThan(0);
        expect(body.length).toBeLessThan(LARGEST_ANSWER);
        expect(body).toContain(says);
        stalls.push({ of, view, ms: Math.round(stall) });
        found.attempts += 1;
        found.longestStallMs = Math.max(found.longestStallMs, stall);
        found.largestAnswer = Math.max(found.largestAnswer, body.length);
        expect(stall).toBeLessThan(LONGEST_STALL_MS);
      }
    },
  );

  it('left the liveness route answering all the time', () => {
    expect(probe.asked).toBeGreaterThan(10);
    expect(probe.unanswered).toBe(0);
  });
});
