import { expect, test } from '@playwright/test';
import { chatService, expectAccessible, openAs } from './portal';

/** Each screen by its name in the navigation, and something that stands on it. */
const screens = [
  ['拓扑', /^服务 ai-chat-service/],
  ['流量', /熔断/],
  ['金丝雀', /请求金丝雀/],
  ['安全', /双向 TLS/],
  ['SLO', /剩余预算最少的在前/],
  ['审查', /已经出错、没有防护或重复计费/],
  ['记分卡', /重试不会重复计费/],
] as const;

test('every screen speaks Simplified Chinese once the reader has chosen it', async ({
  page,
}) => {
  // Seven screens, each looked through for what is inaccessible.
  test.setTimeout(240_000);
  await openAs(page, 'Olivia', '/settings');
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('option', { name: '中文' }).click();
  await page.goto(chatService);
  const navigation = page.getByRole('navigation', { name: 'AI Mesh 页面' });
  await expect(navigation.getByRole('link', { name: '概览' })).toBeVisible();
  await expect(page.getByText('每秒请求数').first()).toBeVisible();
  for (const [screen, content] of screens) {
    await navigation.getByRole('link', { name: screen }).click();
    await expect(
      page
        .getByText(content)
        .or(page.getByRole('button', { name: content }))
        .first(),
    ).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
  }
  // The last of them in the dark theme too.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await expect(page.getByText(/重试不会重复计费/).first()).toBeVisible();
  await expectAccessible(page);
});

test('so do the pages of all entities, in the dark theme too', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ colorScheme: 'dark' });
  await openAs(page, 'Olivia', '/settings');
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('option', { name: '中文' }).click();
  await page.goto('/ai-mesh');
  for (const tile of ['即将耗尽的预算', '即将到期的证书', '控制平面']) {
    await expect(page.getByRole('region', { name: tile })).toBeVisible();
  }
  // Facts are computed a while after the portal has started.
  await expect(page.getByText(/^事实已存储/)).toBeVisible({ timeout: 120_000 });
  await expectAccessible(page);
  await page.getByRole('link', { name: '模型', exact: true }).click();
  await expect(
    page.getByRole('table', { name: '使用中的模型' }).getByRole('row'),
  ).not.toHaveCount(0, { timeout: 120_000 });
  await expectAccessible(page);
  // A System's topology, and the cards on the pages of an entity, of a group and of the start.
  for (const [path, sign] of [
    [
      '/catalog/default/system/shop-assistant/ai-mesh',
      page.getByRole('button', { name: /^服务 ai-chat-service/ }),
    ],
    [
      '/catalog/default/component/ai-chat-service',
      page.getByText('“铜级”还缺什么'),
    ],
    [
      '/catalog/default/group/ai-platform',
      page.getByRole('table', { name: '网格中的服务' }),
    ],
    ['/', page.getByRole('table', { name: '我在网格中的服务' })],
  ] as const) {
    await page.goto(path);
    await expect(sign).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
  }
});
