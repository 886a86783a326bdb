import { expect, test } from '@playwright/test';
import {
  chatService,
  demo,
  expectAccessible,
  openAs,
  playScene,
} from './portal';

test.afterAll(() => playScene('normal'));

test('the start page says what to try, and plays the sandbox`s scenes', async ({
  page,
}) => {
  await openAs(page, 'Olivia', '/');
  const scenes = page.getByRole('list', { name: 'Scenes' });
  const normal = scenes.getByRole('button', { name: 'normal', exact: true });
  await expect(normal).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page);
  await scenes.getByRole('button', { name: 'good-canary' }).click();
  await expect(normal).toHaveAttribute('aria-pressed', 'false');
  const sandbox = await fetch(demo().control, {
    headers: { accept: 'application/json' },
  }).then(answer => answer.json());
  expect(sandbox.scene).toBe('good-canary');
  await page.getByRole('link', { name: 'Who calls the chat service' }).click();
  await expect(
    page.getByRole('navigation', { name: 'AI Mesh screens' }),
  ).toBeVisible();
});

test('a newcomer is shown around once, by the keyboard too', async ({
  page,
}) => {
  await openAs(page, 'Olivia', chatService, { newcomer: true });
  await expect(page.getByRole('region', { name: 'New here?' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show me around' }).click();
  for (const screen of ['Overview', 'Topology', 'Canary', 'Security', 'SLOs']) {
    await expect(
      page.getByRole('region', { name: new RegExp(`^${screen}, step`) }),
    ).toBeVisible();
    const next = page.getByRole('button', { name: 'Next', exact: true });
    if (screen !== 'SLOs') {
      await next.click();
    }
  }
  await page.getByRole('button', { name: 'End the tour' }).click();
  await page.getByRole('link', { name: 'Traffic', exact: true }).focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'SLOs' });
  await expect(help).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('link', { name: 'SLOs' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'New here?' })).toBeHidden();
});

test('the help of each screen leads to its documentation', async ({ page }) => {
  await openAs(page, 'Olivia', `${chatService}/slos`);
  await page.getByRole('button', { name: 'About this screen' }).click();
  await page
    .getByRole('dialog', { name: 'SLOs' })
    .getByRole('link', { name: 'Documentation of this screen' })
    .click();
  await expect(page).toHaveURL(/\/docs\/ai-mesh\/slos\/$/);
  await expect(
    page.getByRole('heading', { name: 'Per-model SLOs' }),
  ).toBeVisible();
  await page.goto('/docs/ai-mesh/topology/');
  const picture = page.locator('article img').first();
  await expect(picture).toBeVisible();
  expect(
    await picture.evaluate(image => (image as HTMLImageElement).naturalWidth),
  ).toBeGreaterThan(0);
  await expectAccessible(page);
});
