import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, test, type Page } from '@playwright/test';
import { setChatWeights } from './chatRoutes';
import {
  askPrometheus,
  chatService,
  expectAccessible,
  openAs,
  playScene,
} from './portal';

test.afterAll(() => playScene('normal'));

/** The answer behind the screen that the page is opening. */
function nextTopology(page: Page): Promise<Topology> {
  return page
    .waitForResponse(
      response =>
        /\/api\/ai-mesh\/.*\/topology/.test(response.url()) && response.ok(),
    )
    .then(response => response.json());
}

test('the overview says how the service does, and from where it knows', async ({
  page,
}) => {
  await openAs(page, 'Olivia', chatService);
  await expect(page.getByText('Mutual TLS').first()).toBeVisible();
  await expect(page.getByText('nightly-embedding-job')).toBeVisible();
  for (const source of ['Kubernetes', 'Prometheus']) {
    await expect(
      page.getByRole('row', { name: new RegExp(`${source}.*Answered`) }),
    ).toBeVisible();
  }
  await expectAccessible(page);
});

test('the topology agrees with Prometheus within 2%', async ({ browser }) => {
  // A rate over five minutes settles as the window fills; until then a scrape more or less shows.
  await expect(async () => {
    const page = await browser.newPage();
    try {
      const answer = nextTopology(page);
      await openAs(page, 'Olivia', `${chatService}/topology`);
      const { edges, nodes, sources } = await answer;
      const id = (name: string) => nodes.find(node => node.name === name)?.id;
      const edge = edges.find(
        ({ source, target }) =>
          source === id('ai-orchestrator') && target === id('ai-chat-service'),
      );
      const shown = edge?.traffic.requestsPerSecond;
      expect(shown?.status).toBe('known');
      // Prometheus' answer may be some seconds older than the page, and says so.
      const observedAt = sources.find(
        ({ name }) => name === 'prometheus',
      )?.observedAt;
      const asked = await askPrometheus(
        `sum(rate(istio_requests_total{reporter="${edge?.reporter}",source_workload="ai-orchestrator",destination_service_name="ai-chat-service"}[5m]))`,
        new Date(observedAt!),
      );
      const value = shown?.status === 'known' ? shown.value : NaN;
      expect(Math.abs(value - asked) / asked).toBeLessThan(0.02);
    } finally {
      await page.close();
    }
  }).toPass({ timeout: 75_000 });
});

test('versions share the traffic about 90 to 10', async ({ page }) => {
  const answer = nextTopology(page);
  await openAs(page, 'Olivia', `${chatService}/topology?window=15m`);
  const own = (await answer).nodes.find(({ relation }) => relation === 'own');
  const shares = Object.fromEntries(
    own?.versions.map(({ name, observedShare }) => [
      name,
      observedShare.status === 'known' ? observedShare.value : NaN,
    ]) ?? [],
  );
  expect(Object.keys(shares).sort()).toEqual(['v1', 'v2']);
  expect(shares.v1).toBeGreaterThan(0.8);
  expect(shares.v1).toBeLessThan(0.97);
  await expect(
    page.getByRole('button', { name: /Service ai-chat-service/ }),
  ).toContainText('v1');
});

test('encrypted calls have a lock, and the batch job has none', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/topology`);
  await expect(
    page.getByLabel(
      /Call from ai-orchestrator to ai-chat-service: .*Encrypted with mutual TLS/,
    ),
  ).toBeVisible();
  await expect(
    page.getByLabel(
      /Call from nightly-embedding-job to ai-chat-service: .*Plaintext/,
    ),
  ).toBeVisible();
  await expectAccessible(page);
});

test('the keyboard reaches a node, its details and its table', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/topology`);
  // The calls' labels come last: the graph has its place then.
  await expect(
    page.getByLabel(/Call from ai-orchestrator to ai-chat-service/),
  ).toBeVisible();
  const own = page.getByRole('button', { name: /Service ai-chat-service/ });
  await own.press('Enter');
  const details = page.getByRole('region', { name: /Details of ai-chat/ });
  await expect(details).toBeVisible();
  await expect(details.getByText('p99 latency')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(
    page.getByRole('table', { name: 'Services and callers' }),
  ).toContainText('llm-gateway-service');
  await expectAccessible(page);
});

test('an expression in the address hides, and a mistake in it is shown where it is', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/topology?hide=external`);
  await expect(
    page.getByRole('button', { name: /Service ai-chat-service/ }),
  ).toBeVisible();
  await expect(page.getByText(/^\d+ hidden$/)).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^External provider/ }),
  ).toHaveCount(0);
  await page.getByLabel('Hide').fill('idle or eror > 1%');
  await expect(
    page.getByText('Position 9: ‘eror’ cannot be compared'),
  ).toBeVisible();
  await expectAccessible(page);
});

test('a moment that has been is in the address, and the screen says what is of then', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/topology`);
  await expect(
    page.getByRole('button', { name: /Service ai-chat-service/ }),
  ).toBeVisible();
  // A mesh that has just begun had no traffic yet at the moment that is asked for.
  await expect(async () => {
    const at = new Date(Date.now() - 10_000).toISOString();
    await page.goto(`${chatService}/topology?at=${encodeURIComponent(at)}`);
    await expect(
      page.getByRole('button', { name: /Service ai-chat-service/ }),
    ).toContainText('req/s', { timeout: 8000 });
  }).toPass({ timeout: 80_000 });
  await expect(
    page.getByRole('region', { name: /^What was measured at / }),
  ).toContainText('settings and canaries are of today');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page).not.toHaveURL(/at=/);
});

test('a weight edited in the cluster shows up within 5 s', async ({ page }) => {
  await openAs(page, 'Olivia', `${chatService}/traffic`);
  await expect(
    page.getByRole('img', { name: /Split: .*90.*10/ }).first(),
  ).toBeVisible();
  await expectAccessible(page);

  await setChatWeights(70, 30);
  try {
    await expect(
      page.getByRole('img', { name: /Split: .*70.*30/ }).first(),
    ).toBeVisible({ timeout: 5_000 });
  } finally {
    await setChatWeights(90, 10);
  }
});

test('when Prometheus is away, the rest of the page stays', async ({
  page,
}) => {
  await playScene('prometheus-away');
  try {
    // Longer than answers are kept.
    await page.waitForTimeout(11_000);
    await openAs(page, 'Olivia', `${chatService}/traffic`);
    await expect(
      page.getByRole('img', { name: /Split: .*90.*10/ }).first(),
    ).toBeVisible();
    await expect(page.getByText(/source has a problem/)).toBeVisible();
    await expectAccessible(page);
  } finally {
    await playScene('normal');
  }
});

test('works in the dark, and at 1024 px', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 768 });
  await openAs(page, 'Olivia', `${chatService}/topology`);
  await expect(
    page.getByRole('button', { name: /Service ai-chat-service/ }),
  ).toBeVisible();
  await expectAccessible(page);
  expect(
    await page.evaluate(
      () =>
        document.documentElement.scrollWidth -
        document.documentElement.clientWidth,
    ),
  ).toBe(0);
});
