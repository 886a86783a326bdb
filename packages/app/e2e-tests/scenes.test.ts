import { expect, test } from '@playwright/test';
import { openAs } from './portal';
import { visit } from './screens';

test.describe.configure({ timeout: 300_000 });

test('the start page says of each scene of this world what happens, and leads to what there is to see', async ({
  page,
}) => {
  await openAs(page, 'Olivia', '/');
  const scenes = page
    .getByRole('list', { name: 'Scenes' })
    .getByRole('listitem');
  await expect(scenes.first()).toBeVisible();
  const untold = scenes.filter({
    hasNot: page.getByRole('link', { name: 'Look' }),
  });
  // Back to normal is what it says.
  await expect(untold.getByRole('button')).toHaveText(['normal']);

  const leads = await page
    .locator('main a[href*="/ai-mesh"]')
    .evaluateAll(links => links.map(link => link.getAttribute('href')!));
  expect(leads.length).toBeGreaterThan(5);
  for (const path of new Set(leads)) {
    await visit(page, path);
    // An entity that is not in this world's catalog has neither.
    await expect(
      page.getByRole('navigation', {
        name: /^(AI Mesh screens|Parts of the mesh)$/,
      }),
      path,
    ).toBeVisible();
  }
});
