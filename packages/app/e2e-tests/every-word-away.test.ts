import { expect, type Page, test } from '@playwright/test';
import { content, look, openInChinese } from './chinese';
import { chatService, demo, playScene, unfold } from './portal';

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

test('no English sentence is on a trace, and in the dialogs of a fix', async ({
  page,
}) => {
  await openInChinese(page, `${chatService}/slos`);
  const traces = page.getByRole('region', { name: '链路' });
  await traces.getByLabel('链路', { exact: true }).click();
  await page.getByRole('option', { name: '最慢' }).click();
  await traces
    .getByRole('button', { name: /步：链路/ })
    .first()
    .click();
  await look(page, 'a trace', traces.getByRole('table'));

  await page.goto(`${chatService}/review?code=AIM103`);
  const finding = page.getByRole('article').first();
  await unfold(finding, finding.getByRole('button').first());
  await finding.getByRole('button', { name: '立即应用' }).click();
  await look(page, 'dialog: 立即应用', page.getByRole('dialog'));
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
