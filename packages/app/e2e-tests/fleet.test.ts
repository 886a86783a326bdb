import { expect, test, type Locator, type Page } from '@playwright/test';
import { as, endCanariesAside, requestCanary, state } from './canaries';
import { expectToFit } from './expectToFit';
import { expectAccessible, openAs, playScene } from './portal';

test.afterAll(() => playScene('normal'));

const fleet = 'table[aria-label="Services in the mesh"]';

/** From wherever the focus is, by the keyboard alone. */
async function goByTab(page: Page, to: Locator) {
  for (let pressed = 0; pressed < 100; pressed++) {
    if (await to.evaluate(one => one === document.activeElement)) {
      break;
    }
    await page.keyboard.press('Tab');
  }
  await expect(to).toBeFocused();
}

test('the page of all entities shows each with its figures, and leads to its own', async ({
  page,
}) => {
  await openAs(page, 'Olivia', '/ai-mesh');
  const table = page.locator(fleet);
  const row = table.getByRole('row', { name: /ai-chat-service/ });
  await expect(
    row.getByRole('button', { name: /^Requests per second: [\d.]+ req\/s/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await table.getByRole('button', { name: 'Requests', exact: true }).click();
  await expect(page).toHaveURL(/sort=rate/);
  await page.getByRole('searchbox', { name: 'Search' }).fill('llm');
  await expect(row).toBeHidden();
  await expect(page).toHaveURL(/search=llm/);
  await page.getByRole('searchbox', { name: 'Search' }).fill('chat');
  await row.getByRole('link', { name: 'ai-chat-service' }).click();
  await expect(
    page.getByRole('navigation', { name: 'AI Mesh screens' }),
  ).toBeVisible();
});

test('the approver finds the canary that waits for them above all others, and goes to it by the keyboard', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await endCanariesAside(browser);
  await requestCanary(page, 'A fresher model');
  try {
    const { pathname } = new URL(page.url());
    await page.goto('/ai-mesh');
    await expect(
      page.getByRole('region', { name: 'A canary is under way' }),
    ).toContainText('A fresher model');
    await as(
      browser,
      'Amir',
      new URL('/ai-mesh', page.url()).href,
      async own => {
        const waiting = own.getByRole('region', {
          name: 'A canary waits for you',
        });
        await expect(waiting).toContainText('A fresher model', {
          timeout: 60_000,
        });
        await expectAccessible(own);
        const canary = waiting.getByRole('link', { name: /^Canary of / });
        await goByTab(own, canary);
        await own.keyboard.press('Enter');
        await expect(own).toHaveURL(url => url.pathname === pathname);
        await expect(state(own, 'Waits for approval')).toBeVisible();
      },
    );
  } finally {
    await endCanariesAside(browser);
  }
});

test('a system’s page shows the topology of its components, and whose each is', async ({
  page,
}) => {
  await openAs(
    page,
    'Olivia',
    '/catalog/default/system/shop-assistant/ai-mesh',
  );
  const own = (name: string) =>
    page.getByRole('button', { name: new RegExp(`^Service ${name}`) });
  for (const name of ['ai-chat-service', 'ai-orchestrator', 'qa-service']) {
    await expect(own(name)).toContainText('of this system');
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(
    page.getByRole('row', { name: /ai-chat-service.*of this entity/ }).first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test('the portal’s search finds a service by the code of a finding, by its model and by its level', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openAs(page, 'Olivia', '/search?query=AIM103');
  const chat = page.getByRole('link', { name: 'ai-chat-service' }).first();
  const found = (words: RegExp) => page.getByText(words).first();
  // Facts are computed and the index is written after a start.
  await expect(async () => {
    await page.reload();
    await expect(found(/^Level: .* Findings: .*AIM103/)).toBeVisible({
      timeout: 30_000,
    });
  }).toPass({ timeout: 180_000 });
  await expect(chat).toBeVisible();
  // The page has the results in no list.
  await expectAccessible(page, ['listitem']);
  await page.goto('/search?query=swift-chat-3.5');
  await expect(found(/^Level: .* Models: .*swift-chat-3\.5/)).toBeVisible();
  // None of the demo's services has reached a level.
  await page.goto('/search?query=level%20none&types%5B%5D=ai-mesh');
  await expect(found(/^Level: None yet/)).toBeVisible();
  await page.goto('/search?query=gold&types%5B%5D=ai-mesh');
  await expect(page.getByText(/no results/i).first()).toBeVisible();
  await expect(page.getByText(/^Level: /)).toHaveCount(0);
  await page.goto('/search?query=swift-chat-3.5');
  await chat.click();
  await expect(
    page.getByRole('navigation', { name: 'AI Mesh screens' }),
  ).toBeVisible();
});

test('the page of a group, and of who is in it, shows the services that are theirs', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1024, height: 800 });
  await openAs(page, 'Olivia', '/catalog/default/group/ai-platform');
  const row = page
    .getByRole('table', { name: 'Services in the mesh' })
    .getByRole('row', { name: /ai-chat-service/ });
  const level = /None yet|Bronze|Silver|Gold/;
  const toAll = page.getByRole('link', { name: /^Open in AI Mesh/ });
  await expect(row).toContainText(level, { timeout: 120_000 });
  await expectAccessible(page);
  await expectToFit(page, 'the page of a group');
  await page.goto('/catalog/default/user/olivia');
  await expect(row).toContainText(level);
  await expectAccessible(page);
  await expectToFit(page, 'the page of a person');
  await toAll.click();
  await expect(
    page.locator(fleet).getByRole('row', { name: /ai-chat-service/ }),
  ).toBeVisible();
  await expect(
    page.locator(fleet).getByRole('row', { name: /api-gateway/ }),
  ).toHaveCount(0);
  await expect(
    page.getByRole('button', { name: /olivia, ai-platform/ }),
  ).toBeVisible();
});

test('the models in use, and the cards of an entity and of the start page, are gone through by the keyboard', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openAs(page, 'Olivia', '/ai-mesh/models');
  const models = page.getByRole('table', { name: 'Models in use' });
  const other = models.getByRole('button', { name: /^sage-chat-4: show/i });
  // Facts are computed in turn after a start.
  await expect(async () => {
    await page.reload();
    await expect(other).toBeVisible({ timeout: 15_000 });
  }).toPass({ timeout: 180_000 });
  await goByTab(page, other);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('table', { name: 'Services that use sage-chat-4' }),
  ).toBeVisible();
  await expectAccessible(page);

  await page.goto('/catalog/default/component/ai-chat-service');
  const scorecard = page.getByRole('link', { name: /^Open the scorecard/ });
  await expect(page.getByText('What “Bronze” still lacks')).toBeVisible();
  await goByTab(page, scorecard);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('article', { name: 'Retries are not billed twice' }),
  ).toBeVisible();

  await page.goto('/');
  const mine = page.getByRole('table', { name: 'My services in the mesh' });
  const chat = mine.getByRole('link', { name: 'ai-chat-service', exact: true });
  await expect(chat).toBeVisible();
  await expectAccessible(page);
  await goByTab(page, chat);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('navigation', { name: 'AI Mesh screens' }),
  ).toBeVisible();
});

test('it names what a slow provider starts at, who suffers, what changed since, and when', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const before = new Date().toISOString();
  await playScene('slow-provider');
  await openAs(page, 'Olivia', '/ai-mesh');
  const hurts = page.getByRole('region', { name: 'Where it hurts now' });
  await expect(hurts).toContainText('api.fast-model.example', {
    timeout: 300_000,
  });
  await expect(hurts).toContainText(/\d+ others? suffers? from it/);
  await expectAccessible(page);

  // The same service, beside what it was before.
  await page.goto(
    `/catalog/default/component/ai-chat-service/ai-mesh/topology?with=${before}`,
  );
  await expect(
    page.getByRole('region', {
      name: /^Since .* the calls from .* to .* (fail|take .* times as long)/,
    }),
  ).toBeVisible({ timeout: 60_000 });
  await expect(
    page
      .getByRole('table', { name: 'What changed most' })
      .getByRole('row', { name: /to api\.fast-model\.example.*worse/ }),
  ).toBeVisible();
  await expectAccessible(page);

  // And minute by minute: where it started to hurt is a mark to go to.
  await page.getByRole('button', { name: 'Replay' }).click();
  const began = page.getByRole('button', {
    name: /it starts to hurt at api\.fast-model\.example/,
  });
  await expect(began.last()).toBeVisible({ timeout: 180_000 });
  await began.last().click();
  await expect(page).toHaveURL(/moment=/);
  await expect(
    page.getByRole('button', { name: /^External provider api\.fast-model/ }),
  ).toContainText('origin of the failure');
  await page.getByRole('button', { name: 'One moment back' }).click();
  await expectAccessible(page);
});

test('each has the course of its last hour', async ({ page }) => {
  test.setTimeout(420_000);
  await openAs(page, 'Olivia', '/ai-mesh?columns=rate,trend');
  // It ends at a whole step of five minutes, which a demo has to be older than: the last test here waits least for that.
  await expect(
    page
      .locator(fleet)
      .getByRole('row', { name: /ai-chat-service/ })
      .getByRole('img', { name: /^The hour until/ }),
  ).toBeVisible({ timeout: 330_000 });
  await expectAccessible(page);
});
