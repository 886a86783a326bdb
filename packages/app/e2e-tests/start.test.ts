import { expect, test } from '@playwright/test';
import { demo, expectAccessible, openAs, playScene } from './portal';

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
