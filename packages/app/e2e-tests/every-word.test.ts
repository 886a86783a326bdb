import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectChinese, isSentence } from './latinSentences';
import { chatService, openAs } from './portal';

/** Each walk goes on after a sentence that it finds, and tells of all at its end. */
test.describe.configure({ timeout: 180_000 });

async function openInChinese(page: Page, path: string) {
  await openAs(page, 'Olivia', '/settings');
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('option', { name: '中文' }).click();
  await page.goto(path);
}

/** What a screen says when it has come, and what it folds away. */
async function look(page: Page, where: string, sign: Locator) {
  // The first to ask waits for the sources.
  await expect(sign.first(), where).toBeVisible({ timeout: 60_000 });
  await expect(
    page.locator('main [role="progressbar"], main .MuiSkeleton-root'),
    where,
  ).toHaveCount(0);
  await page
    .locator('main article [aria-expanded="false"]:not([aria-haspopup])')
    .evaluateAll(folded => folded.forEach(one => (one as HTMLElement).click()));
  await expectChinese(page, where);
}

test('the walk tells sentences from names and code', () => {
  expect(isSentence('Held: too few requests')).toBe(true);
  expect(isSentence('金丝雀 had too few requests')).toBe(true);
  expect(isSentence('ai/chat spec.http[0].retries STRICT p95')).toBe(false);
  expect(isSentence('Istio 的 Prometheus 没有应答')).toBe(false);
});

test('no English sentence is on the screens of an entity', async ({ page }) => {
  await openInChinese(page, chatService);
  await look(page, 'overview', page.getByText('每秒请求数'));
  const screens: [string, (page: Page) => Locator][] = [
    ['topology', () => page.getByRole('button', { name: /^服务 ai-chat/ })],
    ['topology?view=table', () => page.getByRole('table')],
    ['traffic', () => page.getByText('熔断')],
    ['canary', () => page.getByRole('button', { name: '请求金丝雀' })],
    ['security', () => page.getByText('双向 TLS')],
    ['slos', () => page.getByRole('table', { name: '模型', exact: true })],
    ['review', () => page.getByRole('article')],
    ['scorecard', () => page.getByRole('article')],
  ];
  for (const [screen, sign] of screens) {
    await page.goto(`${chatService}/${screen}`);
    await look(page, screen, sign(page));
  }
});

test('nor in the panel of a service, the form of a canary and the pages of all entities', async ({
  page,
}) => {
  await openInChinese(page, `${chatService}/topology`);
  await page.getByRole('button', { name: /^服务 ai-chat-service/ }).click();
  await look(
    page,
    'panel of a service',
    page.getByRole('region', { name: /的详情$/ }),
  );
  await page.goto(`${chatService}/canary`);
  await page.getByRole('button', { name: '请求金丝雀' }).click();
  await look(
    page,
    'form of a canary',
    page.getByRole('form', { name: '请求金丝雀' }),
  );
  await page.goto('/ai-mesh');
  await look(page, 'fleet', page.getByRole('region', { name: '控制平面' }));
  await page.getByRole('link', { name: '模型', exact: true }).click();
  await look(page, 'models', page.getByRole('table', { name: '使用中的模型' }));
});
