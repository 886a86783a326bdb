import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import {
  chatService,
  demo,
  expectAccessible,
  openAs,
  playScene,
  type Role,
  setChatWeights,
} from './portal';

/** A promotion in few and short steps; the demo's traffic gives each version enough requests for it. */
const quickPlan = {
  'Weights, %': '40, 70, 100',
  'Interval, seconds': '10',
  'Breach check, seconds': '2',
  'Longest hold, seconds': '120',
  'Least requests': '10',
};

const RUN_MS = 150_000;

test.beforeEach(async () => {
  test.setTimeout(240_000);
  await setChatWeights(90, 10);
});

test.afterAll(async () => {
  await playScene('normal');
  await setChatWeights(90, 10);
});

test('a good canary is requested, approved by another, and goes to 100 %', async ({
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

/** The state beside the heading; the history has states too. */
function state(page: Page, name: string) {
  return page
    .getByRole('article')
    .first()
    .getByText(name, { exact: true })
    .first();
}

/** Asks as the owner, and leaves the page on the canary. */
async function requestCanary(
  page: Page,
  reason: string,
  plan: Record<string, string> = quickPlan,
) {
  await openAs(page, 'Olivia', `${chatService}/canary`);
  await page.getByRole('button', { name: 'Request a canary' }).click();
  const form = page.getByRole('form', { name: 'Request a canary' });
  await form.getByRole('radio', { name: 'Named steps' }).check();
  for (const [label, value] of Object.entries(plan)) {
    await form.getByLabel(label).fill(value);
  }
  await form.getByLabel(/^Reason/).fill(reason);
  // The exact first write stands there before anything is asked for.
  await expect(
    form.getByRole('table', { name: 'The first change, exactly' }),
  ).toContainText('+ 40');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Send the request' }).click();
  await expect(state(page, 'Waits for approval')).toBeVisible();
}

async function approve(browser: Browser, url: string, role: Role = 'Amir') {
  const page = await browser.newPage();
  try {
    await openAs(page, role, new URL(url).pathname);
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve this canary?' });
    await expect(
      dialog.getByRole('table', { name: 'What changes' }),
    ).toContainText('10%40%');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(dialog).toBeHidden();
  } finally {
    await page.close();
  }
}

/** With kubectl, as people do; where there is none, through the same API. */
async function editByHand(v1: number, v2: number) {
  if (!hasKubectl()) {
    await setChatWeights(v1, v2);
    return;
  }
  const kubeconfig = resolve(
    __dirname,
    '../../..',
    process.env.AI_MESH_RUN_FOLDER ?? '.run',
    'kubeconfig',
  );
  execFileSync('kubectl', [
    `--kubeconfig=${kubeconfig}`,
    '--namespace=ai-services',
    'patch',
    'virtualservice',
    'ai-chat-service',
    '--type=json',
    `--patch=${JSON.stringify([
      { op: 'replace', path: '/spec/http/2/route/0/weight', value: v1 },
      { op: 'replace', path: '/spec/http/2/route/1/weight', value: v2 },
    ])}`,
  ]);
}

function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}

/** What the cluster says of v1 and v2, past everything that is under test. */
async function chatWeights(): Promise<number[]> {
  const answer = await fetch(
    `${demo().kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
    { headers: { authorization: 'Bearer sandbox-writer' } },
  );
  const { spec } = await answer.json();
  const route = spec.http[2].route as Array<{
    destination: { subset: string };
    weight?: number;
  }>;
  return ['v1', 'v2'].map(
    subset =>
      route.find(({ destination }) => destination.subset === subset)?.weight ??
      0,
  );
}
