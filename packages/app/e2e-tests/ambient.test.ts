import type { Overview, Slos, Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, test } from '@playwright/test';
import { approve, chatWeights, requestCanary, RUN_MS, state } from './canaries';
import {
  askPrometheus,
  chatService,
  expectAccessible,
  expectWithin,
  knownValue,
  observedBy,
  openAs,
  openUntil,
  openAnswer,
  playScene,
} from './portal';

const pageOf = (name: string) => `/catalog/default/component/${name}/ai-mesh`;
const requestsTo = (service: string, more = '') =>
  `sum(rate(istio_requests_total{reporter="waypoint",destination_service_name="${service}"${more}}[5m]))`;

// A rate over five minutes settles as the window fills.
test.describe.configure({ timeout: 180_000 });

test.afterAll(() => playScene('normal'));

test('what a waypoint reports is counted once, in overview and topology', async ({
  page,
}) => {
  await openUntil<Overview>(
    page,
    'overview',
    chatService,
    async ({ traffic, sources }) =>
      expectWithin(
        0.02,
        knownValue(traffic.total.requestsPerSecond),
        await askPrometheus(
          requestsTo('ai-chat-service'),
          observedBy(sources, 'prometheus'),
        ),
      ),
  );
  await expectAccessible(page);
});

test('a waypoint is nobody’s neighbour, and reports what its service’s callers send', async ({
  page,
}) => {
  await openUntil<Topology>(
    page,
    'topology',
    `${chatService}/topology`,
    async ({ nodes, edges, sources }) => {
      const own = nodes.find(({ relation }) => relation === 'own')!;
      const caller = nodes.find(({ name }) => name === 'ai-orchestrator')!;
      const [edge, ...more] = edges.filter(
        ({ source, target, protocol }) =>
          source === caller.id && target === own.id && protocol === 'http',
      );
      expect(more).toEqual([]);
      expect(edge.reporter).toBe('waypoint');
      expectWithin(
        0.02,
        knownValue(edge.traffic.requestsPerSecond),
        await askPrometheus(
          requestsTo('ai-chat-service', ',source_workload="ai-orchestrator"'),
          observedBy(sources, 'prometheus'),
        ),
      );
      // Waypoints and ztunnels are on the way, and in nobody's neighbourhood.
      expect(nodes.map(({ name }) => name)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/waypoint|ztunnel/)]),
      );
      expect(own.proxy).toBe('ambient');
    },
  );
  await expectAccessible(page);
});

test('versions have both their endpoints and their traffic', async ({
  page,
}) => {
  const answer = openAnswer<Topology>(page, 'topology');
  await openAs(page, 'Olivia', `${chatService}/topology?window=15m`);
  const own = (await answer).nodes.find(({ relation }) => relation === 'own')!;
  expect(own.versions).toHaveLength(2);
  for (const { endpoints, observedShare } of own.versions) {
    expect(endpoints.status).toBe('known');
    expect(knownValue(observedShare)).toBeGreaterThan(0);
  }
});

test('a service without a waypoint is known by its connections', async ({
  page,
}) => {
  const answer = openAnswer<Topology>(page, 'topology');
  await openAs(page, 'Olivia', `${pageOf('qa-service')}/topology`);
  const { nodes, edges } = await answer;
  const own = nodes.find(({ relation }) => relation === 'own')!;
  const calls = edges.filter(({ target }) => target === own.id);
  expect(calls.map(({ protocol }) => protocol)).toEqual(['tcp']);
  expect(own.traffic.requestsPerSecond.status).toBe('unknown');
  await expectAccessible(page);
});

test('a policy that a ztunnel cannot keep is not called protection', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${pageOf('qa-service')}/security`);
  await expect(page.getByText(/no effect/i).first()).toBeVisible();
  await expectAccessible(page);
});

test('the SLOs of a service behind a waypoint agree with Prometheus', async ({
  page,
}) => {
  await openUntil<Slos>(
    page,
    'slos',
    `${pageOf('ai-orchestrator')}/slos`,
    async ({ models, sources, dialect }) => {
      expect(dialect.name).toBe('istio');
      expectWithin(
        0.02,
        knownValue(models[0].requestsPerSecond),
        await askPrometheus(
          requestsTo('ai-orchestrator'),
          observedBy(sources, 'prometheus'),
        ),
      );
    },
  );
  await expectAccessible(page);
});

test('a bad canary behind a waypoint is rolled back', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  await playScene('bad-canary');
  await requestCanary(page, 'Version 2, behind the waypoint');
  await approve(browser, page.url());
  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: RUN_MS });
  await expect(page.getByRole('list', { name: 'History' })).toContainText(
    'A gate was breached',
  );
  await expectAccessible(page);
  expect(await chatWeights()).toEqual([90, 10]);
});
