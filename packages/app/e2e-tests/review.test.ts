import { readFileSync } from 'node:fs';
import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, test, type Page } from '@playwright/test';
import { chatRoutes, editChatRoutes, withChatRoutes } from './chatRoutes';
import { expectToFit } from './expectToFit';
import {
  chatService,
  expectAccessible,
  followNotification,
  openAnswer,
  openAs,
  playScene,
  unfold,
} from './portal';

const finding = (page: Page, title: RegExp) =>
  page.getByRole('article', { name: title });

test.beforeAll(() => playScene('normal'));

test('findings come worst first, with their number on the overview and on the graph', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/review`);
  await expect(
    finding(page, /^Retries that may be billed twice/),
  ).toBeVisible();
  await expect(page.getByRole('article').first()).toContainText('High');
  await expect(
    page.getByRole('heading', { level: 2 }).filter({ hasText: 'Broken' }),
  ).toBeVisible();
  await expectAccessible(page);

  await page
    .getByRole('link', { name: 'Overview', exact: true })
    .last()
    .click();
  const tile = page.getByRole('region', { name: 'AI traffic review' });
  await expect(tile).toContainText('1 high');
  await tile.getByRole('link', { name: 'See the review' }).click();
  await expect(page).toHaveURL(/\/ai-mesh\/review/);

  await page.getByRole('link', { name: 'Topology' }).click();
  await expect(
    page
      .getByRole('button', { name: /^Service ai-chat-service/ })
      .getByRole('img', { name: /^Review: 1 high/ }),
  ).toBeVisible();
});

test('the patch of a fix, saved from the screen and applied, takes its finding away', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/review?code=AIM103`);
  const card = finding(page, /^Retries that may be billed twice/);
  await unfold(
    card,
    card.getByRole('button', { name: /Retries that may be billed/ }),
  );
  await expect(card).toContainText('spec.http[0].retries.retryOn');
  const saving = page.waitForEvent('download');
  await card.getByRole('button', { name: 'Download patch' }).click();
  const patch = readFileSync(await (await saving).path(), 'utf8');
  await withChatRoutes(async () => {
    await editChatRoutes(JSON.parse(patch));
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await expect(card).toBeHidden();
  });
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await expect(card).toBeVisible();
});

test('a finding that is mended in the cluster changes the scorecard, and its trend, within a minute', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const retries = page.getByRole('article', {
    name: 'Retries are not billed twice',
  });
  const outcome = (name: string) =>
    retries.getByText(name, { exact: true }).first();
  const passesToday = async () => {
    const answer = openAnswer<Scorecard>(page, 'scorecard');
    await page.reload();
    return (await answer).trend.at(-1)?.counts.pass;
  };
  await openAs(page, 'Olivia', `${chatService}/scorecard`);
  // Facts are computed in turn after a start.
  await expect(outcome('Fail')).toBeVisible({ timeout: 120_000 });
  const passed = (await passesToday())!;
  await expect(outcome('Fail')).toBeVisible();
  await withChatRoutes(async () => {
    await editChatRoutes([
      {
        op: 'replace',
        path: '/spec/http/0/retries/retryOn',
        value: 'connect-failure,refused-stream',
      },
    ]);
    await expect(outcome('Pass')).toBeVisible({ timeout: 60_000 });
    expect(await passesToday()).toBeGreaterThan(passed);
    await expectAccessible(page);
  });
  await expect(outcome('Fail')).toBeVisible({ timeout: 60_000 });

  // It is new: whoever is told of it is led to the very finding.
  await followNotification(
    page,
    /^ai-chat-service has a new finding of high severity: AIM103/,
  );
  const told = finding(page, /^Retries that may be billed twice/);
  await expect(told).toContainText('spec.http[0].retries.retryOn');
  await expect(told).toBeInViewport();
});

test('Tech Insights answers with the facts, and runs the ready-made checks over them', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const asking = page.waitForRequest(/\/api\/ai-mesh\/.*\/scorecard/);
  await openAs(page, 'Olivia', `${chatService}/scorecard`);
  const seen = await asking;
  const { authorization: asOlivia } = await seen.allHeaders();
  const { origin } = new URL(seen.url());
  const ask = async (method: 'GET' | 'POST', path: string) => {
    const answer = await page.request.fetch(
      `${origin}/api/tech-insights${path}`,
      {
        method,
        headers: { authorization: asOlivia },
        ...(method === 'POST' && { data: {} }),
      },
    );
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  };
  // It fetches the facts once a minute, after they were computed.
  await expect(async () => {
    const { aiMeshFacts } = await ask(
      'GET',
      '/facts/latest?entity=component:default/ai-chat-service&ids[]=aiMeshFacts',
    );
    expect(aiMeshFacts.facts).toMatchObject({
      retriesBilled: 1,
      breakerCanOpen: false,
      plaintextCallers: 1,
      modelsInUse: 2,
      // It promises nothing of its own: unknown, and not zero.
      sloBudgetLeftMin: null,
    });
    const checks: { check: { id: string }; result: boolean }[] = await ask(
      'POST',
      '/checks/run/default/component/ai-chat-service',
    );
    const results = Object.fromEntries(
      checks.map(({ check, result }) => [check.id, result]),
    );
    expect(results).toMatchObject({
      'ai-mesh-authorization': true,
      'ai-mesh-model-tag': true,
      'ai-mesh-mtls': false,
      'ai-mesh-retries': false,
      'ai-mesh-breaker': false,
    });
    expect(results).not.toHaveProperty('ai-mesh-slo');
  }).toPass({ timeout: 240_000, intervals: [5000] });
});

test('a fix is asked for by one, applied by another, and undone', async ({
  browser,
  page,
}) => {
  test.slow();
  const at = `${chatService}/review?code=AIM103`;
  const before = (await chatRoutes()).spec;
  const opened = async (by: Page) => {
    const card = finding(by, /^Retries that may be billed twice/);
    await unfold(
      card,
      card.getByRole('button', { name: /Retries that may be billed/ }),
    );
    return card;
  };
  await openAs(page, 'Olivia', at);
  const asked = await opened(page);
  await asked.getByRole('button', { name: 'Apply now' }).click();
  await expectAccessible(page);
  const asking = page.getByRole('dialog');
  await asking.getByRole('textbox').fill('Answers are billed twice');
  await asking.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(asked).toContainText('Waits for approval');
  expect((await chatRoutes()).spec).toEqual(before);

  const context = await browser.newContext();
  await withChatRoutes(async () => {
    const other = await context.newPage();
    await openAs(other, 'Amir', at);
    const card = await opened(other);
    await expect(card).toContainText('Answers are billed twice');
    await expectAccessible(other);
    await card.getByRole('button', { name: 'Approve and apply' }).click();
    const dialog = other.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Approve and apply' }).click();
    // Behind a dialog nothing else is there for roles.
    await expect(dialog).toBeHidden();
    await expect(card).toBeHidden({ timeout: 30_000 });
    expect((await chatRoutes()).spec).not.toEqual(before);
    const gone = other.getByRole('region', {
      name: 'Applied from here, and gone from the review',
    });
    await expect(gone).toContainText('Applied');
    await gone.getByRole('button', { name: 'Undo' }).first().click();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(dialog).toBeHidden();
    await expect(card).toBeVisible({ timeout: 30_000 });
    expect((await chatRoutes()).spec).toEqual(before);
  }).finally(() => context.close());
});

test('chooses by code, in the dark and at 1024 px', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 800 });
  await openAs(page, 'Nora', `${chatService}/review`);
  await page.getByRole('button', { name: /^Code/ }).click();
  await page.getByRole('option', { name: 'AIM202' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page).toHaveURL(/code=AIM202/);
  await page.getByRole('button', { name: /Dead gateway-error rule/ }).click();
  await expectAccessible(page);
  const overflow = await page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('the scorecard is readable in the dark and at 1024 px', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 800 });
  await openAs(page, 'Nora', `${chatService}/scorecard`);
  await expect(
    page.getByRole('article', { name: 'Retries are not billed twice' }),
  ).toContainText('Fail', { timeout: 120_000 });
  await expectAccessible(page);
  await expectToFit(page, 'the scorecard');
});
