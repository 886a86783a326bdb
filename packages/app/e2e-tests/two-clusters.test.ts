import type { Overview, Slos, Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, test } from '@playwright/test';
import {
  approve,
  chatWeights,
  quickPlan,
  requestCanary,
  RUN_MS,
  scaleChatV2,
  state,
} from './canaries';
import { inChinese, look } from './chinese';
import {
  askPrometheus,
  chatService,
  expectAccessible,
  expectWithin,
  knownValue,
  observedBy,
  openUntil,
  playScene,
} from './portal';

const eastChat = '/catalog/default/component/ai-chat-service-east/ai-mesh';
const toChat = 'destination_service_name="ai-chat-service"';
const CLUSTERS = ['east', 'west'];

// Two Prometheuses look at different moments: until their windows are full, that shows.
test.describe.configure({ timeout: 180_000 });

test.afterAll(() => playScene('normal'));

/** Calls of a cluster's orchestrator to the chat service's pods there, per second: those callers' proxies say. */
const fromOrchestrator = (cluster: string, more: string, at: Date) =>
  askPrometheus(
    `sum(rate(istio_requests_total{reporter="source",source_workload="ai-orchestrator",${toChat}${more}}[5m]))`,
    at,
    cluster,
  );

test('the overview adds up both clusters, and says what each contributes', async ({
  page,
}) => {
  await openUntil<Overview>(
    page,
    'overview',
    chatService,
    async ({ traffic, sources }) => {
      const fromAll = (more: string) =>
        Promise.all(
          CLUSTERS.map(one =>
            fromOrchestrator(one, more, observedBy(sources, 'prometheus', one)),
          ),
        ).then(sum);
      expectWithin(
        0.02,
        knownValue(traffic.total.requestsPerSecond),
        await fromAll(''),
      );
      expect(traffic.clusters?.map(({ cluster }) => cluster)).toEqual(CLUSTERS);
      for (const { cluster, traffic: got } of traffic.clusters ?? []) {
        expectWithin(
          0.02,
          knownValue(got.requestsPerSecond),
          await fromAll(`,destination_cluster="${cluster}"`),
        );
      }
    },
  );
  await expect(page.getByText('west').first()).toBeVisible();
  await expectAccessible(page);
});

test('the topology has a caller of each cluster once, with what Prometheus says', async ({
  page,
}) => {
  await openUntil<Topology>(
    page,
    'topology',
    `${eastChat}/topology`,
    async ({ nodes, edges, sources }) => {
      const own = nodes.find(({ relation }) => relation === 'own')!;
      const callers = nodes.filter(({ name }) => name === 'ai-orchestrator');
      expect(callers.map(({ cluster }) => cluster).sort()).toEqual(CLUSTERS);
      for (const { id, cluster } of callers) {
        const [edge, ...more] = edges.filter(
          ({ source, target }) => source === id && target === own.id,
        );
        expect(more).toEqual([]);
        expectWithin(
          0.02,
          knownValue(edge.traffic.requestsPerSecond),
          await askPrometheus(
            // East's knows of calls from the other cluster what the called say.
            `sum(rate(istio_requests_total{reporter="${cluster === 'east' ? 'source' : 'destination'}",source_workload="ai-orchestrator",source_cluster="${cluster}",destination_cluster="east",${toChat}}[5m]))`,
            observedBy(sources, 'prometheus', 'east'),
            'east',
          ),
        );
      }
      // What leads from one cluster to the other is on the way, and nobody's caller.
      expect(nodes.map(({ name }) => name)).not.toContain(
        'istio-eastwestgateway',
      );
    },
  );
  await expectAccessible(page);
});

test('the SLOs say of each cluster what its own Prometheus does', async ({
  page,
}) => {
  await openUntil<Slos>(
    page,
    'slos',
    `${chatService}/slos`,
    async ({ models, sources }) => {
      expect(models.map(({ cluster }) => cluster).sort()).toEqual(CLUSTERS);
      for (const { cluster, model, requestsPerSecond } of models) {
        expectWithin(
          0.02,
          knownValue(requestsPerSecond),
          await askPrometheus(
            `sum(rate(ai_model_requests_total{model="${model}",namespace="ai-services"}[5m]))`,
            observedBy(sources, 'prometheus', cluster),
            cluster,
          ),
        );
      }
    },
  );
  await expectAccessible(page);
});

test("a canary that fails for the other cluster's callers alone is rolled back", async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  await playScene('bad-canary-for-west');
  await requestCanary(
    page,
    'Version 2, for everybody',
    quickPlan,
    undefined,
    '+ 40',
    eastChat,
  );
  await approve(browser, page.url());

  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: RUN_MS });
  const history = page.getByRole('list', { name: 'History' });
  await expect(history).toContainText('A gate was breached');
  const evidence = history.getByRole('table', { name: /^Evidence of/ });
  await expect(evidence.getByRole('row', { name: /Breach/ })).toContainText(
    'Error rate',
  );
  await expectAccessible(page);
  expect(await chatWeights()).toEqual([90, 10]);
});

test('one request is for both clusters, and a breach in one takes all back', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  await playScene('bad-canary-for-east');
  await scaleChatV2(1, 'west');
  try {
    await requestCanary(
      page,
      'Version 2 everywhere',
      { ...quickPlan, 'Interval, seconds': '60' },
      async form => {
        const clusters = form.getByRole('region', { name: 'Clusters' });
        await clusters.getByRole('checkbox', { name: 'Also in west' }).check();
        await clusters.getByRole('button', { name: /^Order/ }).click();
        await page.getByRole('option', { name: 'All at once' }).click();
        await expect(
          form
            .getByRole('region', { name: 'In west' })
            .getByRole('table', { name: 'The first change, exactly' }),
        ).toContainText('+ 40');
      },
    );
    const group = page.getByRole('table', {
      name: 'In all clusters of the request',
    });
    await expect(group.getByRole('row', { name: /west/ })).toContainText(
      'Waits for approval',
    );
    await expectAccessible(page);

    await approve(browser, page.url());
    await expect(state(page, 'Rolled back')).toBeVisible({ timeout: RUN_MS });
    for (const cluster of CLUSTERS) {
      await expect(
        group.getByRole('row', { name: new RegExp(cluster) }),
      ).toContainText('Rolled back', { timeout: 60_000 });
      expect(await chatWeights(cluster)).toEqual([90, 10]);
    }
    await expectAccessible(page);
    await inChinese(browser, 'Olivia', new URL(page.url()).pathname, chinese =>
      look(
        chinese,
        'a canary in both clusters',
        chinese.getByText('已回滚', { exact: true }),
      ),
    );
    // The one that was sound says with whom it went back.
    await group.getByRole('link', { name: 'west' }).click();
    await expect(state(page, 'Rolled back')).toBeVisible();
    const history = page.getByRole('list', { name: 'History' });
    await expect(history).toContainText('v2: 10% → 40%');
    await expect(history).not.toContainText('A gate was breached');
    await expect(history).toContainText(
      "The canary of the same request in cluster 'east' is rolled back.",
    );
  } finally {
    await scaleChatV2(0, 'west');
  }
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
