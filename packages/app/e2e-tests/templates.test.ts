import { expect, test } from '@playwright/test';
import { endCanariesAside, state } from './canaries';
import { setChatWeights } from './chatRoutes';
import { expectAccessible, openAs, playScene } from './portal';

test.beforeEach(async ({ browser }) => {
  test.setTimeout(240_000);
  await endCanariesAside(browser);
  await playScene('good-canary');
  await setChatWeights(90, 10);
});

test.afterEach(async ({ browser }) => {
  await endCanariesAside(browser);
  await playScene('normal');
  await setChatWeights(90, 10);
});

test('a template rolls out a version that was picked from the mesh, approved from the notification', async ({
  page,
  browser,
}) => {
  const formData = JSON.stringify({
    entityRef: 'component:default/ai-chat-service',
  });
  await openAs(
    page,
    'Olivia',
    `/create/templates/default/roll-out-model-version?${new URLSearchParams({ formData })}`,
  );
  // The entity's only service is chosen by itself.
  await expect(page.getByRole('button', { name: /^Service / })).toContainText(
    'ai-services/ai-chat-service',
  );
  await page
    .getByRole('button', { name: /^Version that is to get the traffic/ })
    .click();
  await page
    .getByRole('option', { name: 'v2 · 10% of the traffic now' })
    .click();
  await page
    .getByLabel(/^Why, for whoever approves it/)
    .fill('A quicker model, by the template');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/create\/tasks\//);

  const context = await browser.newContext();
  try {
    const approver = await context.newPage();
    await openAs(approver, 'Amir', '/notifications');
    await approver
      .getByRole('link', {
        name: /^The canary of ai-chat-service \(v2\) waits for approval/,
      })
      .first()
      .click();
    await expect(approver).toHaveURL(/\/ai-chat-service\/ai-mesh\/canary\/./);
    await expect(state(approver, 'Waits for approval')).toBeVisible();
    await expect(approver.getByRole('article').first()).toContainText(
      'A quicker model, by the template',
    );
    await expectAccessible(approver);
    await approver.getByRole('button', { name: 'Approve' }).click();
    const dialog = approver.getByRole('dialog', {
      name: 'Approve this canary?',
    });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(state(approver, 'Progressing')).toBeVisible({
      timeout: 30_000,
    });
  } finally {
    await context.close();
  }

  // Whoever started it is led to the canary, too.
  await page.getByRole('button', { name: 'The canary', exact: true }).click();
  await expect(state(page, 'Progressing')).toBeVisible();
});
