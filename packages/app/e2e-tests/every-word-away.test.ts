import { expect, type Page, test } from '@playwright/test';
import { withChatRoutes } from './chatRoutes';
import { inChinese, look, lookAtDialog, openInChinese } from './chinese';
import { chatService, demo, playScene, unfold } from './portal';
import { content } from './screens';

/** Each walk goes on after a sentence that it finds, and tells of all at its end. */
test.describe.configure({ timeout: 240_000 });

test.afterEach(() => playScene('normal'));

/** Cuts what the mesh is seen by, beside what is cut already. */
async function cut(target: 'kubernetes' | 'jaeger') {
  const answer = await fetch(`${demo().control}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ target, type: 'disconnect' }),
  });
  expect(answer.status).toBe(201);
}

async function walk(page: Page, why: string, screens: string[]) {
  for (const screen of screens) {
    await page.goto(`${chatService}/${screen}`);
    await look(page, `${screen} ${why}`, content(page));
  }
}

test('no English sentence is on a trace', async ({ page }) => {
  await openInChinese(page, `${chatService}/slos`);
  const traces = page.getByRole('region', { name: '链路' });
  await traces.getByLabel('链路', { exact: true }).click();
  await page.getByRole('option', { name: '最慢' }).click();
  await traces
    .getByRole('button', { name: /步：链路/ })
    .first()
    .click();
  await look(page, 'a trace', traces.getByRole('table'));
});

test('nor in the dialogs of a fix, from who asks for it to who undoes it', async ({
  page,
  browser,
}) => {
  const review = `${chatService}/review?code=AIM103`;
  const opened = async (by: Page) => {
    const finding = by
      .getByRole('article', { name: /^可能重复计费的重试/ })
      .first();
    await unfold(finding, finding.getByRole('button').first());
    return finding;
  };
  const carryOut = async (by: Page, deed: string, press = deed) => {
    await by.getByRole('button', { name: press, exact: true }).first().click();
    const dialog = by.getByRole('dialog');
    await look(by, `dialog: ${deed}`, dialog);
    await dialog.getByRole('button', { name: deed, exact: true }).click();
    await expect(dialog).toBeHidden({ timeout: 30_000 });
  };
  await openInChinese(page, review);
  const asked = await opened(page);
  await carryOut(page, '请求批准', '立即应用');
  await expect(asked).toContainText('等待批准');
  await look(page, 'a fix that waits', asked);
  await lookAtDialog(page, '收回');

  await withChatRoutes(() =>
    inChinese(browser, 'Amir', review, async amir => {
      const finding = await opened(amir);
      await lookAtDialog(amir, '拒绝');
      await carryOut(amir, '批准并应用');
      await expect(finding).toBeHidden({ timeout: 30_000 });
      const gone = amir.getByRole('region', {
        name: '由此应用，且已不在审查结果中',
      });
      await look(amir, 'a fix that is applied', gone);
      await carryOut(amir, '撤销');
      await expect(finding).toBeVisible({ timeout: 30_000 });
      await look(amir, 'a fix that is undone', finding);
    }),
  );
});

test('nor while sources are away', async ({ page }) => {
  await openInChinese(page, chatService);
  await playScene('kiali-away');
  await walk(page, 'without Kiali', ['overview', 'topology']);
  await playScene('prometheus-away');
  await walk(page, 'without Prometheus', [
    ...['overview', 'topology', 'traffic', 'canary', 'security', 'slos'],
    'review',
  ]);
  await playScene('normal');
  await cut('jaeger');
  await walk(page, 'without traces', ['slos']);
  await cut('kubernetes');
  await walk(page, 'without the API server', [
    ...['overview', 'topology', 'traffic', 'security', 'review'],
  ]);
});

test('nor where the portal itself does not answer', async ({ page }) => {
  await openInChinese(page, chatService);
  await page.route('**/api/ai-mesh/v1/**', route => route.abort());
  for (const path of [
    ...[chatService, `${chatService}/topology`, `${chatService}/canary`],
    ...['/ai-mesh', '/ai-mesh/models'],
  ]) {
    await page.goto(path);
    await look(
      page,
      `${path} without a backend`,
      page.getByRole('button', { name: '重试' }),
    );
  }
});
