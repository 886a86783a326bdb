import { readFileSync } from 'node:fs';
import type { Slos, Traces } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, test, type Page } from '@playwright/test';
import {
  askPrometheus,
  chatService,
  demo,
  expectAccessible,
  openAs,
  playScene,
} from './portal';

test.afterAll(() => playScene('normal'));

const slosOf = (name: string) =>
  `/catalog/default/component/${name}/ai-mesh/slos`;

/** The answer behind the screen that the page is opening. */
function next<T>(page: Page, view: string): Promise<T> {
  return page
    .waitForResponse(
      response =>
        new RegExp(`/api/ai-mesh/.*/${view}(\\?|$)`).test(response.url()) &&
        response.ok(),
    )
    .then(response => response.json());
}

/** The promise of the fast model's latency, whatever the file calls it. */
function latencyOfSwift(models: Slos['models']) {
  const found = models
    .find(({ model }) => model === 'swift-chat-3.5')
    ?.objectives.find(
      ({ objective }) => objective.indicator.kind === 'latency',
    );
  if (!found) {
    throw new Error('swift-chat-3.5 has no latency objective');
  }
  return found;
}

test.describe('three services in three dialects', () => {
  for (const [name, dialect, model] of [
    ['ai-chat-service', 'micrometer', 'swift-chat-3.5'],
    ['llm-gateway-service', 'opentelemetry-genai', 'shop-assist-8b'],
    ['local-model-service', 'vllm', 'shop-assist-8b'],
  ]) {
    test(`${name} speaks ${dialect}`, async ({ page }) => {
      const answer = next<Slos>(page, 'slos');
      await openAs(page, 'Olivia', slosOf(name));
      expect((await answer).dialect.name).toBe(dialect);
      await expect(page.getByText(`${dialect}, detected.`)).toBeVisible();
      await expect(
        page
          .getByRole('table', { name: 'Models' })
          .getByRole('row', { name: new RegExp(`^${model}`) }),
      ).toBeVisible();
      await expectAccessible(page);
    });
  }
});

test('an OpenSLO file drives the gateway`s objectives, and the screen says where it is', async ({
  page,
}) => {
  const answer = next<Slos>(page, 'slos');
  await openAs(page, 'Olivia', slosOf('llm-gateway-service'));
  const { models, objectives, problems } = await answer;
  expect(problems).toEqual([]);
  const all = [...objectives, ...models.flatMap(model => model.objectives)];
  expect(all.length).toBeGreaterThan(0);
  for (const { objective } of all) {
    expect(objective.source).toContain('slos/llm-gateway.yaml');
  }
  const { objective } = latencyOfSwift(models);
  const card = page.getByRole('region', {
    name: `swift-chat-3.5: ${objective.name}`,
  });
  await expect(card).toContainText(/99% answered within [\d.]+ sec/);
  const details = card.getByRole('button', { name: /^Details of/ });
  if ((await details.getAttribute('aria-expanded')) === 'false') {
    await details.press('Enter');
  }
  await expect(card).toContainText('slos/llm-gateway.yaml');
});

test('a link to an objective, as messages have it, opens that one and brings it into view', async ({
  page,
}) => {
  const slos = slosOf('llm-gateway-service');
  const answer = next<Slos>(page, 'slos');
  await openAs(page, 'Olivia', slos);
  const { cluster, model, objectives } = (await answer).models.at(-1)!;
  const { objective } = objectives.at(-1)!;
  const row = `${cluster}/${model} ${objective.id}`;
  await page.goto(`${slos}?${new URLSearchParams({ row })}`);
  const card = page.getByRole('region', {
    name: `${model}: ${objective.name}`,
  });
  await expect(
    card.getByRole('button', { name: /^Details of/ }),
  ).toHaveAttribute('aria-expanded', 'true');
  await expect(
    page.getByRole('button', { name: /^Details of/, expanded: true }),
  ).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  await expect(card).toBeInViewport();
});

test('rules and a dashboard are there to take along', async ({ page }) => {
  await openAs(page, 'Olivia', slosOf('ai-chat-service'));
  const save = async (name: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const rules = await save('Rules for Prometheus');
  expect(rules).toMatch(/^groups:/m);
  const operator = await save('Rules for the operator');
  expect(operator).toMatch(/^kind: PrometheusRule/m);
  const dashboard = JSON.parse(await save('Grafana dashboard'));
  expect(dashboard.panels.length).toBeGreaterThan(0);
});

test('the application`s breakers stand beside Istio`s', async ({ page }) => {
  await openAs(page, 'Olivia', `${chatService}/traffic`);
  await expect(
    page
      .getByRole('table', { name: 'Circuit breakers inside the application' })
      .getByRole('row', { name: /llm-gateway/ }),
  ).toContainText(/closed|open/);
  await page.getByRole('link', { name: 'SLOs' }).click();
  await expect(
    page
      .getByRole('region', { name: 'Circuit breakers inside the application' })
      .getByRole('row', { name: /llm-gateway/ }),
  ).toBeVisible();
});

test('traces of the chat service agree with the sandbox', async ({ page }) => {
  const answer = next<Traces>(page, 'traces');
  await openAs(page, 'Olivia', slosOf('ai-chat-service'));
  await answer;
  const panel = page.getByRole('region', { name: 'Traces' });
  await panel.getByLabel('Traces', { exact: true }).click();
  const slowest = next<Traces>(page, 'traces');
  await page.getByRole('option', { name: 'Slowest' }).click();
  const traces = await slowest;
  const found = traces.slowest.status === 'known' ? traces.slowest.value : [];
  expect(found.length).toBeGreaterThan(0);
  const [first] = found;
  const told = await fetch(
    `${new URL(demo().control).origin}/jaeger/api/traces/${first.traceId}`,
  ).then(response => response.json());
  expect(told.data[0].spans.length).toBe(first.spansTotal);
  await panel
    .getByRole('button', { name: /steps: trace/ })
    .first()
    .click();
  await expect(
    panel.getByRole('table', { name: /^Steps of the trace/ }),
  ).toContainText('llm-gateway-service.ai-services');
  await expectAccessible(page);
});

test('a slow provider burns the latency objective`s budget as Prometheus says', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await playScene('slow-provider');
  try {
    await page.waitForTimeout(90_000);
    const answer = next<Slos>(page, 'slos');
    await openAs(page, 'Olivia', slosOf('llm-gateway-service'));
    const { models, observedAt } = await answer;
    const latency = latencyOfSwift(models);
    const [fastest] = latency.burnRates;
    expect(fastest.shortWindowSeconds).toBe(300);
    const shown = fastest.short.status === 'known' ? fastest.short.value : NaN;
    const { indicator, target } = latency.objective;
    const seconds =
      indicator.kind === 'latency' ? indicator.thresholdMs / 1000 : NaN;
    const series = (name: string, more = '') =>
      `sum(rate(gen_ai_client_operation_duration_seconds_${name}{gen_ai_request_model="swift-chat-3.5"${more}}[5m]))`;
    const slow = await askPrometheus(
      `1 - ${series('bucket', `,le=~"${seconds}(\\\\.0)?"`)} / ${series('count')}`,
      new Date(observedAt),
    );
    const expected = slow / (1 - target);
    expect(expected).toBeGreaterThan(1);
    expect(Math.abs(shown - expected) / expected).toBeLessThan(0.15);
    await expect(
      page.getByRole('region', {
        name: `swift-chat-3.5: ${latency.objective.name}`,
      }),
    ).toContainText(/Page|Ticket/);
  } finally {
    await playScene('normal');
  }
});

test('works in the dark, and at 1024 px', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 768 });
  await openAs(page, 'Olivia', slosOf('ai-chat-service'));
  const models = page.getByRole('table', { name: 'Models' });
  await expect(models).toBeVisible();
  const choices = models.getByRole('button', { name: /^Graphs of/ });
  expect(await choices.count()).toBeGreaterThan(1);
  for (const choice of await choices.all()) {
    await choice.click();
    await expect(choice).toHaveAttribute('aria-pressed', 'true');
    await expectAccessible(page);
  }
});

test('on paper it has its figures, and nothing that is pressed', async ({
  page,
}) => {
  await openAs(page, 'Olivia', slosOf('ai-chat-service'));
  const navigation = page.getByRole('navigation', { name: 'AI Mesh screens' });
  const main = page.getByRole('main');
  const figures = page.getByRole('table', { name: 'Models' }).getByRole('row');
  await expect(figures.nth(1)).toBeVisible({ timeout: 60_000 });
  await expect(navigation).toBeVisible();
  await expect(main.getByRole('button').first()).toBeVisible();

  await page.emulateMedia({ media: 'print' });
  await expect(navigation).toBeHidden();
  await expect(main.getByRole('button', { name: 'Refresh' })).toBeHidden();
  await expect(
    main.getByRole('button', { name: 'Rules for Prometheus' }),
  ).toBeHidden();
  await expect(figures.nth(1)).toBeVisible();
  await expect(figures.nth(1)).toContainText(/\d/);
  await expect(
    page.getByRole('region', { name: /: / }).getByText(/\d%/).first(),
  ).toBeVisible();
});
