import { test } from '@playwright/test';
import { content, look, openInChinese } from './chinese';
import { chatService } from './portal';

/** Meshes without sidecars, and of two clusters, are told of in sentences of their own. */
test('no English sentence is on the screens of this mesh', async ({ page }) => {
  test.setTimeout(300_000);
  await openInChinese(page, chatService);
  const entities = [
    ...['component/ai-chat-service', 'component/qa-service'],
    ...['component/ai-orchestrator', 'component/translation-service'],
  ];
  for (const entity of entities) {
    for (const screen of [
      ...['overview', 'topology', 'traffic', 'canary', 'security', 'slos'],
      ...['review', 'scorecard'],
    ]) {
      await page.goto(`/catalog/default/${entity}/ai-mesh/${screen}`);
      await look(page, `${entity} ${screen}`, content(page));
    }
  }
  await page.goto(`${chatService}/canary`);
  await page.getByRole('button', { name: '请求金丝雀' }).click();
  await look(
    page,
    'form of a canary',
    page.getByRole('form', { name: '请求金丝雀' }),
  );
  await page.goto('/ai-mesh');
  await look(page, 'fleet', page.getByRole('region', { name: '控制平面' }));
});
