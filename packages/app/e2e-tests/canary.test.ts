import { expect, type Page, test } from '@playwright/test';
import {
  approve,
  chatWeights,
  editByHand,
  endCanariesAside,
  quickPlan,
  requestCanary,
  RUN_MS,
  state,
} from './canaries';
import { setChatWeights } from './chatRoutes';
import {
  changedLines,
  expectFollowed,
  fillIn,
  merge,
  pullRequestOf,
  restoring,
} from './gitHost';
import { chatService, expectAccessible, playScene } from './portal';

// Anew for another try, which a canary of the one before would block.
test.beforeAll(({ browser }) => endCanariesAside(browser));

test.beforeEach(async () => {
  test.setTimeout(240_000);
  await setChatWeights(90, 10);
});

test.afterAll(async () => {
  await playScene('normal');
  await setChatWeights(90, 10);
});

/** The moment that has been is shown with the weights that the canary had written by then, and the way to its record. */
async function sayingHowItSplit(page: Page, underWay: string) {
  const record = page.url();
  await page.goto(`${chatService}/topology?at=${encodeURIComponent(underWay)}`);
  const notice = page.getByRole('region', { name: /^What was measured at / });
  await expect(notice).toContainText(
    /split then by VirtualService ai-chat-service: v1 \d+% \/ v2 (40|70)%, since /,
  );
  await expectAccessible(page);
  await notice.getByRole('link', { name: /^By the record of/ }).click();
  await expect(page).toHaveURL(record);
}

test('a good canary is requested, approved by another, and goes to 100%', async ({
  page,
  browser,
}) => {
  await playScene('good-canary');
  await requestCanary(page, 'A quicker model behind version 2');

  // Whoever asks does not approve; the screen says so, and why.
  const ownApproval = page.getByRole('button', { name: 'Approve' });
  await expect(ownApproval).toHaveAttribute('aria-disabled', 'true');
  await expect(ownApproval).toHaveAccessibleDescription(
    /somebody else has to approve it/,
  );
  await expectAccessible(page);

  await approve(browser, page.url());
  await expect(state(page, 'Progressing')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'Gates' })).toContainText(
    'Error rate',
    { timeout: 30_000 },
  );
  await expectAccessible(page);
  const underWay = new Date().toISOString();

  await expect(state(page, 'Promoted')).toBeVisible({ timeout: RUN_MS });
  await expect(
    page.getByRole('img', { name: /Present split: .*canary v2 100%/ }),
  ).toBeVisible();
  const history = page.getByRole('list', { name: 'History' });
  await expect(history).toContainText('v2: 10% → 40%');
  await expect(history).toContainText('v2: 70% → 100%');
  await expect(history.getByRole('link', { name: /amir/i })).toBeVisible();
  await expectAccessible(page);
  expect(await chatWeights()).toEqual([0, 100]);
  await sayingHowItSplit(page, underWay);

  // The deployed file has the weights of before yet, and would take them back with its next change.
  const canary = page.url();
  await restoring('shop/ai-chat-service.yaml', async () => {
    await fillIn(page, 'Keep these weights in Git');
    const request = await pullRequestOf(page);
    expect(await changedLines(request)).toEqual([
      expect.stringMatching(/^- +weight: 90$/),
      expect.stringMatching(/^\+ +weight: 0$/),
      expect.stringMatching(/^- +weight: 10$/),
      expect.stringMatching(/^\+ +weight: 100$/),
    ]);
    await merge(request);
    expect(await chatWeights()).toEqual([0, 100]);
    await page.goto(canary);
    await expectFollowed(page, /Merged.*: ?applied in the cluster/);
    await expectAccessible(page);
  });
  expect(await chatWeights()).toEqual([90, 10]);
});

test('a bad canary is restored by itself, with a notification and the evidence', async ({
  page,
  browser,
}) => {
  await playScene('bad-canary');
  await requestCanary(page, 'Version 2, once more');
  await approve(browser, page.url());

  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: RUN_MS });
  const history = page.getByRole('list', { name: 'History' });
  await expect(history).toContainText('A gate was breached');
  // The evidence of the breach lies open: both versions, the bound, the verdict, and the query to copy.
  const evidence = history.getByRole('table', { name: /^Evidence of/ });
  await expect(evidence.getByRole('row', { name: /Breach/ })).toContainText(
    'Error rate',
  );
  await evidence.getByRole('button', { name: /^Error rate of v2/ }).click();
  await expect(page.getByRole('button', { name: 'Copy PromQL' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  expect(await chatWeights()).toEqual([90, 10]);

  await page.getByRole('link', { name: /Notifications/ }).click();
  await expect(
    page.getByText(/ai-chat-service.*(rolled back|restored|breach)/i).first(),
  ).toBeVisible();
});

test('worse answers are taken back by the quality gate, though no request fails', async ({
  page,
  browser,
}) => {
  test.setTimeout(420_000);
  await playScene('worse-answers');
  await requestCanary(
    page,
    'A new prompt behind version 2',
    // People give thumbs to some answers alone, and by chance fewer of them are down at first.
    { ...quickPlan, 'Longest hold, seconds': '300' },
    async form => {
      await form.getByRole('button', { name: /^Choose from/ }).click();
      await form
        .getByRole('table', { name: 'Quality gates' })
        .getByRole('checkbox', { name: 'Thumbs down' })
        .check();
      // A mean of a few seconds may be anything, and would be faster.
      await form
        .getByRole('table', { name: 'Gate settings' })
        .getByRole('checkbox', { name: 'Tokens per request' })
        .uncheck();
    },
  );
  await approve(browser, page.url());

  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: 2 * RUN_MS });
  const history = page.getByRole('list', { name: 'History' });
  await expect(history).toContainText('A gate was breached');
  const evidence = history.getByRole('table', { name: /^Evidence of/ });
  await expect(evidence.getByRole('row', { name: /Breach/ })).toContainText(
    'Thumbs down',
  );
  await expectAccessible(page);
  expect(await chatWeights()).toEqual([90, 10]);
});

test('a service that is ill in both versions holds the canary, and takes it not back', async ({
  page,
  browser,
}) => {
  await playScene('ill-service');
  await requestCanary(page, 'Version 2, in bad times', {
    ...quickPlan,
    // By chance one version fails more than the other; that is not to be mistaken for the canary's fault.
    'Confidence, %': '99',
  });
  await approve(browser, page.url());

  await expect(
    page.getByText(
      'Held: the stable version does as badly. The service is ill, and not the canary.',
    ),
  ).toBeVisible({ timeout: RUN_MS });
  const gates = page.getByRole('table', { name: 'Gates' });
  await expect(
    gates.getByRole('rowgroup', { name: 'Error rate' }),
  ).toContainText('the service is ill');
  await expectAccessible(page);
  await expect(state(page, 'Progressing')).toBeVisible();
  await expect(page.getByRole('list', { name: 'History' })).not.toContainText(
    'A gate was breached',
  );
  expect(await chatWeights()).toEqual([60, 40]);

  await page.getByRole('button', { name: 'Roll back now' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back now?' });
  await dialog.getByLabel(/Reason/).fill('Not while the service is ill');
  await dialog.getByRole('button', { name: 'Roll back now' }).click();
  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: 30_000 });
  expect(await chatWeights()).toEqual([90, 10]);
});

test('an edit by hand in the middle of it pauses it as drift, and a person decides', async ({
  page,
  browser,
}) => {
  await playScene('good-canary');
  await requestCanary(page, 'Version 2, with somebody in its way', {
    ...quickPlan,
    'Interval, seconds': '60',
  });
  await approve(browser, page.url());
  await expect(
    page.getByRole('img', { name: /Present split: .*canary v2 40%/ }),
  ).toBeVisible({ timeout: 60_000 });

  await editByHand(55, 45);

  await expect(state(page, 'Paused')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^Drift: somebody else changed/)).toBeVisible();
  const drift = page.getByRole('table', { name: 'Drift' });
  await expect(drift.getByRole('row', { name: /v2/ })).toContainText('40%45%');
  await expectAccessible(page);
  expect(await chatWeights(), 'nothing is overwritten').toEqual([55, 45]);

  await page.getByRole('button', { name: 'Roll back now' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back now?' });
  await expect(
    dialog.getByRole('table', { name: 'What changes' }),
  ).toContainText('45%10%');
  await expectAccessible(page);
  await dialog.getByLabel(/Reason/).fill('The edit was a mistake');
  await dialog.getByRole('button', { name: 'Roll back now' }).click();
  await expect(state(page, 'Rolled back')).toBeVisible({ timeout: 30_000 });
  expect(await chatWeights()).toEqual([90, 10]);
});
