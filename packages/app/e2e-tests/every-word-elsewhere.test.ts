import { test } from '@playwright/test';
import { look, openInChinese } from './chinese';
import { chatService } from './portal';
import { content, visit } from './screens';

/** What each of these meshes has beside the chat service: one without a waypoint, and one of a single cluster. */
const OTHER =
  process.env.AI_MESH_E2E_SUITE === 'ambient'
    ? 'qa-service'
    : 'ai-chat-service-east';

/** Meshes without sidecars, and of two clusters, are told of in sentences of their own. */
test('no English sentence is on the screens of this mesh', async ({ page }) => {
  test.setTimeout(240_000);
  await openInChinese(page, chatService);
  for (const [service, ...screens] of [
    ['ai-chat-service', 'overview', 'topology', 'traffic', 'security', 'slos'],
    ['ai-chat-service', 'review', 'scorecard'],
    [OTHER, 'topology', 'security'],
  ]) {
    for (const screen of screens) {
      await visit(
        page,
        `/catalog/default/component/${service}/ai-mesh/${screen}`,
      );
      await look(page, `${service}, ${screen}`, content(page));
    }
  }
  await visit(page, `${chatService}/canary`);
  await page.getByRole('button', { name: '请求金丝雀' }).click();
  await look(
    page,
    'form of a canary',
    page.getByRole('form', { name: '请求金丝雀' }),
  );
  await visit(page, '/ai-mesh');
  await look(page, 'fleet', page.getByRole('region', { name: '控制平面' }));
  await visit(page, '/');
  await look(page, 'start', page.getByRole('list', { name: '场景' }));
});
