import { expect, test, type Page } from '@playwright/test';
import {
  approve,
  as,
  chatRules,
  chatWeights,
  editByHand,
  endActiveCanaries,
  quickPlan,
  replicasOf,
  requestCanary,
  RUN_MS,
  state,
} from './canaries';
import { setChatWeights } from './chatRoutes';
import { chatService, expectAccessible, playScene } from './portal';

/** Nothing happens by itself before a person has acted. */
const slowPlan = { ...quickPlan, 'Interval, seconds': '60' };

test.beforeEach(async () => {
  test.setTimeout(240_000);
  await playScene('good-canary');
  await setChatWeights(90, 10);
});

test.afterEach(async ({ browser }) => {
  const context = await browser.newContext();
  await endActiveCanaries(await context.newPage());
  await context.close();
});

test.afterAll(async () => {
  await playScene('normal');
  await setChatWeights(90, 10);
});

const history = (page: Page) => page.getByRole('list', { name: 'History' });

/** Chooses an action and answers its question, after a look at what it says will change. */
async function decide(
  page: Page,
  action: string,
  question: string,
  changes: string,
  reason?: string,
) {
  await page.getByRole('button', { name: action }).click();
  const dialog = page.getByRole('dialog', { name: question });
  await expect(dialog).toContainText(changes);
  if (reason) {
    await dialog.getByLabel(/Reason/).fill(reason);
  }
  // Where the engine was faster, the dialog says so and asks again.
  await expect(async () => {
    await dialog
      .getByRole('button', { name: action })
      .click({ timeout: 1_000 })
      .catch(() => {});
    await expect(dialog).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
}

test('chosen headers come first, in a window, a person confirms the last step, and the old version is cleaned up and back', async ({
  page,
  browser,
}) => {
  test.setTimeout(360_000);
  // A header phase comes before any other traffic.
  await setChatWeights(100, 0);
  await requestCanary(
    page,
    'Version 2 for chats first',
    { ...quickPlan, 'Weights, %': '40, 100' },
    async form => {
      await form.getByLabel(/^Header phase/).check();
      await form
        .getByLabel('Header 1', { exact: true })
        .fill('x-ai-request-type');
      await form.getByLabel('Value of header 1').fill('chat');
      await form
        .getByRole('group', { name: 'Wait for a confirmation before' })
        .getByLabel('100%')
        .check();
      await form
        .getByLabel('Start not before')
        .fill(await localMinute(page, Date.now() + 45_000));
      await form.getByLabel(/^Offer to scale/).check();
      await form.getByLabel('Soak time, seconds').fill('0');
      await form.getByLabel('Can be undone for, seconds').fill('600');
    },
    'x-ai-request-type',
  );
  const rules = await chatRules();
  await approve(browser, page.url(), 'A rule above the route sends requests');

  await expect(
    page.getByText(/starts when its time window begins/),
  ).toBeVisible();
  await expect(state(page, 'Approved')).toBeVisible();
  expect(await chatRules()).toEqual(rules);

  await expect(history(page)).toContainText('Header phase began', {
    timeout: 150_000,
  });
  const withHeaders = await chatRules();
  const added = withHeaders.filter(({ match }) =>
    match?.some(({ headers }) => headers?.['x-ai-request-type']),
  );
  expect(added).toMatchObject([{ route: [{ destination: { subset: 'v2' } }] }]);
  expect(withHeaders.filter(rule => !added.includes(rule))).toEqual(rules);
  await expectAccessible(page);
  // Too little is left to the stable version for a comparison, so a person decides.
  await decide(
    page,
    'Advance now',
    'Advance now?',
    'The rule for the named headers is removed.',
  );

  await expect(
    page.getByText(/waits until somebody confirms the step to 100%/),
  ).toBeVisible({ timeout: RUN_MS });
  expect(await chatWeights()).toEqual([60, 40]);
  expect(await chatRules()).toHaveLength(rules.length);
  // Whoever is on call may go on with it, and has no say in its clean-up.
  await as(browser, 'Nora', page.url(), nora =>
    decide(nora, 'Confirm the step', 'Confirm the next step?', '40%100%'),
  );
  await expect(state(page, 'Promoted')).toBeVisible({ timeout: RUN_MS });
  await expect(history(page)).toContainText('Step confirmed');

  const before = await replicasOf('v1');
  expect(before).toBeGreaterThan(0);
  const cleanUp = page.getByRole('button', {
    name: 'Scale the old version down',
  });
  await expect(cleanUp).toHaveAttribute('aria-disabled', 'true');
  await as(browser, 'Amir', page.url(), async amir => {
    await decide(
      amir,
      'Scale the old version down',
      'Scale the old version down?',
      `${before} → 0 replicas`,
    );
    await expect(
      amir.getByText('The old version is scaled down.'),
    ).toBeVisible();
    expect(await replicasOf('v1')).toBe(0);
    await expectAccessible(amir);
    await decide(
      amir,
      'Scale it up again',
      'Scale the old version up again?',
      `0 → ${before} replicas`,
    );
    await expect(
      amir.getByText('The old version is scaled up again.'),
    ).toBeVisible();
  });
  expect(await replicasOf('v1')).toBe(before);
});

test('the owner pauses, resumes and advances; whoever is on call takes it back, and says why', async ({
  page,
  browser,
}) => {
  await requestCanary(page, 'Version 2, by hand', slowPlan);
  await approve(browser, page.url());
  await expect(history(page)).toContainText('v2: 10% → 40%', {
    timeout: 30_000,
  });

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(state(page, 'Paused')).toBeVisible();
  await expect(page.getByText('A person paused it.')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(state(page, 'Progressing')).toBeVisible();
  await decide(page, 'Advance now', 'Advance now?', '40%70%');
  await expect(history(page)).toContainText('v2: 40% → 70%', {
    timeout: 30_000,
  });
  expect(await chatWeights()).toEqual([30, 70]);

  await as(browser, 'Nora', page.url(), async nora => {
    await nora.getByRole('button', { name: 'Roll back now' }).click();
    const dialog = nora.getByRole('dialog', { name: 'Roll back now?' });
    await dialog.getByRole('button', { name: 'Roll back now' }).click();
    await expect(
      dialog.getByText('Say why, for the people who read it later.'),
    ).toBeVisible();
    expect(await chatWeights(), 'nothing without a reason').toEqual([30, 70]);
    await dialog.getByLabel(/Reason/).fill('The chain is red');
    await dialog.getByRole('button', { name: 'Roll back now' }).click();
    await expect(dialog).toBeHidden();
  });
  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: 30_000 });
  await expect(history(page)).toContainText('The chain is red');
  await expect(
    history(page).getByRole('link', { name: /nora/i }).first(),
  ).toBeVisible();
  expect(await chatWeights()).toEqual([90, 10]);
});

test('a request is rejected with a reason', async ({ page, browser }) => {
  await requestCanary(page, 'Too early');
  await as(browser, 'Amir', page.url(), amir =>
    decide(
      amir,
      'Reject',
      'Reject this canary?',
      'the route stays as it is',
      'Not before the weekend',
    ),
  );
  await expect(state(page, 'Rejected')).toBeVisible({ timeout: 30_000 });
  await expect(history(page)).toContainText('Not before the weekend');
  expect(await chatWeights()).toEqual([90, 10]);
});

test('a busy route links to the canary that holds it, and a request is taken back', async ({
  page,
  browser,
}) => {
  await requestCanary(page, 'Still too early');
  const held = page.url();
  await as(
    browser,
    'Olivia',
    new URL(`${chatService}/canary`, held).href,
    async second => {
      await second.getByRole('button', { name: 'Request a canary' }).click();
      await second.getByRole('link', { name: 'Open that canary' }).click();
      await expect(second).toHaveURL(held);
    },
  );
  await decide(
    page,
    'Cancel the request',
    'Cancel this request?',
    'the route stays as it is',
  );
  await expect(state(page, 'Cancelled')).toBeVisible();
  expect(await chatWeights()).toEqual([90, 10]);
});

test('drift is undone by one choice and adopted by the other', async ({
  page,
  browser,
}) => {
  await requestCanary(page, 'Version 2, and two edits', slowPlan);
  await approve(browser, page.url());
  await expect(history(page)).toContainText('v2: 10% → 40%', {
    timeout: 30_000,
  });

  await editByHand(55, 45);
  await expect(state(page, 'Paused')).toBeVisible({ timeout: 30_000 });
  await decide(
    page,
    'Restore the canary’s weights',
    'Write the canary’s weights again?',
    '45%40%',
  );
  await expect(state(page, 'Progressing')).toBeVisible({ timeout: 30_000 });
  await expect(history(page)).toContainText('Drift undone');
  await expect.poll(chatWeights).toEqual([60, 40]);

  await playScene('weights-edited');
  await expect(state(page, 'Paused')).toBeVisible({ timeout: 30_000 });
  await decide(
    page,
    'Adopt what was found',
    'Adopt the weights that were found?',
    '30%30%',
  );
  await expect(state(page, 'Progressing')).toBeVisible({ timeout: 30_000 });
  await expect(history(page)).toContainText('Drift adopted');
  expect(await chatWeights()).toEqual([70, 30]);
  await decide(page, 'Roll back now', 'Roll back now?', '30%10%', 'Enough');
  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: 30_000 });
  expect(await chatWeights()).toEqual([90, 10]);
});

/** The first whole minute after a moment, as a field for local times takes it, in the browser's own zone. */
function localMinute(page: Page, after: number): Promise<string> {
  return page.evaluate(ms => {
    const minute = Math.ceil(ms / 60_000) * 60_000;
    const offset = new Date(minute).getTimezoneOffset() * 60_000;
    return new Date(minute - offset).toISOString().slice(0, 16);
  }, after);
}
