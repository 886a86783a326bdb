import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { openInChinese } from './chinese';
import { expectToFit } from './expectToFit';
import { keepPicture } from './pictures';
import { chatService, openAs } from './portal';
import { content, NARROW, unfoldAll, visit } from './screens';

/** Each walk goes on after what it finds, and tells of all at its end. */
test.describe.configure({ timeout: 300_000 });

const pageOf = (name: string) => `/catalog/default/component/${name}/ai-mesh`;

async function look(page: Page, where: string, sign: Locator) {
  await unfoldAll(page, where, sign);
  await keepPicture(page, 'en', where);
  await expectToFit(page, where);
}

async function walk(page: Page, paths: readonly string[]) {
  await page.setViewportSize(NARROW);
  await openAs(page, 'Olivia', '/');
  for (const path of paths) {
    await visit(page, path);
    await look(page, path, content(page));
  }
}

test('at 1024 px nothing of an entity has to be scrolled sideways, and no text is small', async ({
  page,
}) => {
  await walk(
    page,
    [
      ...['overview', 'topology', 'topology?view=table', 'traffic', 'canary'],
      ...['security', 'slos', 'review', 'scorecard'],
      ...['topology?view=replay', 'topology?with=hour'],
      ...['topology?with=versions:v1:v2', 'topology?with=hour&view=table'],
      'topology?depth=3&group=namespace',
      'topology?find=errors+%3E&hide=(',
      ...['overview?at=2199-01-01T00:00:00Z', 'slos?at=2020-01-01T00:00:00Z'],
    ].map(screen => `${chatService}/${screen}`),
  );
  await visit(page, `${chatService}/topology`);
  await page.getByRole('button', { name: /^Service ai-chat-service/ }).click();
  const panel = page.getByRole('region', { name: /^Details of / });
  await look(page, 'panel of a service', panel);
  await visit(page, `${chatService}/canary`);
  await page.getByRole('button', { name: 'Request a canary' }).click();
  const form = page.getByRole('form', { name: 'Request a canary' });
  await look(page, 'form of a canary', form);
});

test('nor of other services, of a system and of the pages of all', async ({
  page,
}) => {
  await walk(page, [
    ...[
      ['translation-service', 'review', 'security', 'canary'],
      ['summary-service', 'overview', 'review'],
      ['api-gateway', 'traffic', 'review'],
      ['llm-gateway-service', 'slos', 'scorecard', 'review'],
      ['local-model-service', 'slos', 'review'],
      ['qa-service', 'review', 'security'],
      ['ai-orchestrator', 'review'],
    ].flatMap(([name, ...screens]) =>
      screens.map(screen => `${pageOf(name)}/${screen}`),
    ),
    '/catalog/default/system/shop-assistant/ai-mesh',
    ...['/ai-mesh', '/ai-mesh/models', '/ai-mesh/findings'],
    ...['/ai-mesh/findings?code=AIM103', '/ai-mesh/contested', '/'],
  ]);
});

test('what a request comes to and the button that sends it stay in sight, whatever is unfolded', async ({
  page,
}) => {
  await openAs(page, 'Olivia', '/');
  for (const height of [900, 720]) {
    await page.setViewportSize({ width: 1280, height });
    await page.goto(`${chatService}/canary`);
    await page.getByRole('button', { name: 'Request a canary' }).click();
    const form = page.getByRole('form', { name: 'Request a canary' });
    await expect(
      form.getByRole('table', { name: 'The first change, exactly' }),
    ).toBeVisible({ timeout: 60_000 });
    for (const unfolded of ['nothing', 'everything']) {
      if (unfolded === 'everything') {
        await unfoldAll(page, 'form of a canary', form);
        await expect(
          form.getByRole('table', { name: 'Gate settings' }),
        ).toBeVisible();
      }
      for (const end of ['start', 'end'] as const) {
        await form.evaluate(
          (element, block) => element.scrollIntoView({ block }),
          end,
        );
        const where = `${unfolded} unfolded, scrolled to its ${end}, ${height} px high`;
        await expect(
          form.getByRole('heading', { name: 'Preflight' }),
          where,
        ).toBeInViewport({ ratio: 1 });
        await expect(
          form.getByRole('button', { name: 'Send the request' }),
          where,
        ).toBeInViewport({ ratio: 1 });
      }
    }
  }
});

test('the graph is as high as there is room, and no text of it is small', async ({
  page,
}) => {
  await openAs(page, 'Olivia', '/');
  for (const [width, height] of [
    [1280, 900],
    [1440, 1200],
  ]) {
    await page.setViewportSize({ width, height });
    await page.goto(`${chatService}/topology`);
    const graph = page.locator('main .react-flow');
    await expect(
      graph.getByRole('button', { name: /^Service ai-chat-service/ }),
    ).toBeVisible({ timeout: 60_000 });
    const { y, height: high } = (await graph.boundingBox())!;
    // Below it is its own line of help; in a low window a graph that is as low as it may be ends just below the edge.
    const left = height - (y + high);
    expect(
      Math.abs(left),
      `${left} px are left below a graph that begins at ${y} and is ${high} px high`,
    ).toBeLessThan(height / 12);
    expect(high).toBeGreaterThan(height / 2.5);
    await expectToFit(page, `a graph in ${width} x ${height}`);
  }
});

/** The longest that figures are written: few requests, many of them, and all in between. */
const LONGEST = [
  { perSecond: 0.0488, rate: '0.0488', requests: 85, errors: 0.141, ms: 851 },
  { perSecond: 0.123, rate: '0.123', requests: 2664, errors: 0.9996, ms: 851 },
  {
    perSecond: 1234.5,
    rate: '1,235',
    requests: 4e5,
    errors: 0.123,
    ms: 12_340,
  },
];

for (const language of ['English', 'Chinese']) {
  test(`no figure of the graph is cut off in ${language}, however long`, async ({
    page,
  }) => {
    const topology = `${chatService}/topology`;
    await (language === 'Chinese'
      ? openInChinese(page, topology)
      : openAs(page, 'Olivia', topology));
    for (const { perSecond, rate, requests, errors, ms } of LONGEST) {
      const where = /\/api\/ai-mesh\/.*\/topology(\?|$)/;
      await page.route(where, async route => {
        const response = await route.fetch();
        const { nodes, edges, ...rest }: Topology = await response.json();
        const known = <T>(value: T) => ({ status: 'known' as const, value });
        for (const { traffic } of [...nodes, ...edges]) {
          Object.assign(traffic, {
            requestsPerSecond: known(perSecond),
            requestCount: known(requests),
            errorRatio: known(errors),
            p95: known({ valueMs: ms, lowerBoundMs: ms, upperBoundMs: ms }),
          });
        }
        await route.fulfill({ response, json: { ...rest, nodes, edges } });
      });
      await page.reload();
      const chat = page.getByRole('button', {
        name: /^(服务|Service) ai-chat/,
      });
      await expect(chat.first()).toContainText(rate);
      await expectToFit(page, `${requests} requests, in ${language}`);
      await page.unroute(where);
    }
  });
}
