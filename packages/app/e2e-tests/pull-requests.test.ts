import type { Slos } from '@ai-mesh/plugin-ai-mesh-common';
import { expect, test, type Page } from '@playwright/test';
import { chatRules, inCluster } from './canaries';
import {
  expectFollowed,
  fillIn,
  giveToken,
  howManyRequests,
  inGit,
  merge,
  mergeElsewhere,
  pullRequestOf,
  restoring,
  sendForm,
  whileOnlyReading,
  whileProtected,
  whoOpenedTheLast,
} from './gitHost';
import {
  chatService,
  demo,
  expectAccessible,
  openAnswer,
  openAs,
  playScene,
} from './portal';

// Each test merges something: the last ones to look at this mesh.
test.beforeEach(() => {
  test.setTimeout(240_000);
});
test.beforeAll(() => playScene('normal'));

const form = (template: string, answers: object) =>
  `/create/templates/default/${template}?${new URLSearchParams({ formData: JSON.stringify(answers) })}`;

test('a service is put under SLOs: from the form to a merged pull request whose file its tab shows', async ({
  page,
}) => {
  const slos = '/catalog/default/component/local-model-service/ai-mesh/slos';
  await openAs(page, 'Olivia', slos);
  await expect(page.getByText('vllm, detected.')).toBeVisible();
  expect(String(await sourcesOf(page, slos))).not.toContain('slos.yaml');

  await page.goto(
    form('put-service-under-slos', {
      entityRef: 'component:default/local-model-service',
    }),
  );
  const request = await pullRequestOf(page);
  await expect(request.getByRole('heading', { level: 1 })).toContainText(
    'Put component:default/local-model-service under SLOs',
  );
  const change = request.locator('pre').last();
  await expect(change).toContainText(
    '+    ai-mesh.io/slos: ./local-model-service.slos.yaml',
  );
  await expect(change).toContainText('+apiVersion: openslo/v1');
  await merge(request);

  await expect(async () => {
    expect(await sourcesOf(page, slos)).toEqual([
      expect.stringContaining('local-model-service.slos.yaml'),
    ]);
  }).toPass({ timeout: 120_000 });
  const details = page.getByRole('button', { name: /^Details of/ }).first();
  if ((await details.getAttribute('aria-expanded')) === 'false') {
    await details.press('Enter');
  }
  await expect(
    page.getByText('local-model-service.slos.yaml').first(),
  ).toBeVisible();
  await expectAccessible(page);
});

/** Where the objectives are written that the tab shows. */
async function sourcesOf(page: Page, slos: string): Promise<string[]> {
  const answer = openAnswer<Slos>(page, 'slos');
  await page.goto(slos);
  const { models, objectives, problems } = await answer;
  expect(problems).toEqual([]);
  return [
    ...new Set(
      [...objectives, ...models.flatMap(model => model.objectives)].map(
        ({ objective }) => objective.source,
      ),
    ),
  ];
}

test('the rules of the objectives are kept in Git: from the button of the screen to a merged file, once', async ({
  page,
}) => {
  const slos = `${chatService}/slos`;
  const keep = 'Keep the rules in Git';
  const name = 'ai-mesh-default-ai-chat-service';
  await openAs(page, 'Olivia', slos);
  await fillIn(page, keep);
  await giveToken(page, demo().git.tokens.maintainer);
  const request = await pullRequestOf(page);
  expect(await whoOpenedTheLast()).toBe('maintainer');
  await expect(request.getByRole('heading', { level: 1 })).toContainText(
    'Record its objectives: component:default/ai-chat-service',
  );
  await expect(request.getByText(/^open: /)).toBeVisible();
  await expect(request.locator('pre').last()).toContainText(
    '+kind: PrometheusRule',
  );
  await page.goto(slos);
  await expectFollowed(page, /Open.*PrometheusRule .*: ?not in the cluster/);
  await merge(request);
  expect(await inGit(`shop/${name}-rules.yaml`)).toContain('record: ');
  const { spec } = await inCluster(
    `apis/monitoring.coreos.com/v1/namespaces/ai-services/prometheusrules/${name}`,
  );
  expect(spec.groups.length).toBeGreaterThan(0);

  await page.goto(slos);
  await expectFollowed(page, /Merged.*: ?applied in the cluster/);
  await expectAccessible(page);
  await fillIn(page, keep);
  await sendForm(page);
  await expect(page.getByText(/has these rules already/).first()).toBeVisible({
    timeout: 30_000,
  });
});

test('a token without rights, a protected branch and a file that was changed since are said on the task, change nothing, and can be tried again from there', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/review?code=AIM103`);
  const card = page
    .getByRole('article', { name: /^Retries that may be billed twice/ })
    .first();
  await card
    .getByRole('button', { name: /Retries that may be billed/ })
    .click();
  await card.getByRole('button', { name: 'Open a pull request' }).click();
  const file = 'shop/ai-chat-service.yaml';
  const expectRefused = async (why: RegExp) => {
    const before = [await inGit(file), await howManyRequests()];
    await sendForm(page);
    await expect(page.getByRole('alert').getByText(why).first()).toBeVisible({
      timeout: 60_000,
    });
    expect([await inGit(file), await howManyRequests()]).toEqual(before);
    // The form is as it was filled in.
    await page.getByRole('button', { name: 'Start Over' }).click();
  };
  await whileOnlyReading(() =>
    expectRefused(/Resource not accessible by personal access token/),
  );
  await whileProtected(() => expectRefused(/Repository rule violations found/));
  await restoring(file, async () => {
    await mergeElsewhere(file, text =>
      text.replaceAll('connect-failure,retriable-4xx', 'retriable-4xx'),
    );
    await setRetries('gateway-error,connect-failure,retriable-4xx');
    await expectRefused(/is not written as the cluster has it/);
  });
  const request = await pullRequestOf(page);
  await request.getByRole('button', { name: 'Close' }).click();
  await expect(request.getByText(/^closed: /)).toBeVisible();
});

/** What `kubectl edit` would do to the chat service's first rule. */
async function setRetries(retryOn: string) {
  const path = `apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`;
  const http = await chatRules();
  await inCluster(path, undefined, {
    spec: {
      http: http.map((rule, index) =>
        index === 0 ? { ...rule, retries: { ...rule.retries, retryOn } } : rule,
      ),
    },
  });
}

test('a request that conflicts, and one that is closed unmerged, say so beside their finding, which stays', async ({
  page,
}) => {
  const review = `${chatService}/review?code=AIM103`;
  const file = 'shop/ai-chat-service.yaml';
  await openAs(page, 'Olivia', review);
  const card = page
    .getByRole('article', { name: /^Retries that may be billed twice/ })
    .first();
  const open = () =>
    card.getByRole('button', { name: /Retries that may be billed/ }).click();
  await open();
  await card.getByRole('button', { name: 'Open a pull request' }).click();
  const request = await pullRequestOf(page);
  const edit = (from: string, to: string) =>
    mergeElsewhere(file, text => text.replace(from, to));
  await edit('connect-failure,retriable-4xx', 'connect-failure,reset');
  await request.getByRole('button', { name: 'Merge' }).click();
  await expect(request.getByText(/conflicts with main/)).toBeVisible();

  const says = async (words: string) => {
    await page.goto(review);
    await open();
    await expect(async () => {
      await page.getByRole('button', { name: 'Refresh now' }).click();
      await expect(card).toContainText(words, { timeout: 3000 });
    }).toPass({ timeout: 60_000 });
  };
  await says('Open, and conflicts with what has been changed since');
  await expectAccessible(page);

  await request.goBack();
  await request.getByRole('button', { name: 'Close' }).click();
  await says('Closed without being merged');
  await expect(card).toContainText('still found in the cluster');
});

test('a finding is mended everywhere: chosen on the page of all services, one request for each repository, a diff for each manifest', async ({
  page,
}) => {
  await openAs(page, 'Olivia', '/ai-mesh/findings?code=AIM202');
  const look = page.getByRole('button', { name: /^See what mending it/ });
  // The facts, which have the codes, are computed after a start.
  await expect(async () => {
    await page.reload();
    await expect(look).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  await expectAccessible(page);
  await look.click();
  const panel = page.getByRole('region', { name: /^One pull request in / });
  await expect(panel).toHaveCount(1);
  for (const name of ['ai-chat-service', 'llm-service-circuit-breaker']) {
    await expect(
      panel.getByRole('group', {
        name: new RegExp(`^What changes in .* ${name}`),
      }),
    ).toContainText('added:');
  }
  await expectAccessible(page);
  // Nothing below the page's end is scrolled to.
  expect(
    await page.evaluate(() => {
      const { scrollHeight, clientHeight } = document.documentElement;
      return scrollHeight - clientHeight;
    }),
  ).toBe(0);
  const open = panel.getByRole('button', { name: /^Open .* pull request for/ });
  await open.click();
  await expect(page).toHaveURL(/\/create\/templates\/default\/mend-everywhere/);

  const request = await pullRequestOf(page);
  await expect(request.getByRole('heading', { level: 1 })).toContainText(
    /Mend AIM202 of/,
  );
  const change = await request.locator('pre').last().innerText();
  const files = change.match(/^diff --git .*$/gm)!;
  expect(files.map(file => file.split('/').at(-1)).sort()).toEqual([
    'ai-chat-service.yaml',
    'llm-gateway-service.yaml',
  ]);
  await merge(request);

  await page.goto('/ai-mesh/findings');
  await expect(async () => {
    await page.reload();
    await expect(
      page.getByRole('table', { name: 'Findings by their code' }),
    ).toBeVisible({ timeout: 10_000 });
    await expect(page.getByRole('button', { name: /with AIM202/ })).toBeHidden({
      timeout: 1000,
    });
  }).toPass({ timeout: 150_000 });
});
