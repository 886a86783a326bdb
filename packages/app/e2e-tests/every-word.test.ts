import { expect, type Locator, type Page, test } from '@playwright/test';
import { look, openInChinese } from './chinese';
import { hasEnglishUnit, isSentence } from './latinSentences';
import { chatService } from './portal';
import { content, visit } from './screens';

/** Each walk goes on after a sentence that it finds, and tells of all at its end. */
test.describe.configure({ timeout: 300_000 });

const pageOf = (name: string) => `/catalog/default/component/${name}/ai-mesh`;

test('the walk tells sentences from names and code', () => {
  expect(isSentence('Held: too few requests')).toBe(true);
  expect(isSentence('金丝雀 had too few requests')).toBe(true);
  expect(isSentence('ai/chat spec.http[0].retries STRICT p95')).toBe(false);
  expect(isSentence('Istio 的 Prometheus 没有应答')).toBe(false);
});

test('the walk tells amounts in English units', () => {
  for (const amount of ['767.5 tokens', '13.34 s', '350 ms', '20 min']) {
    expect(hasEnglishUnit(`它耗时 ${amount}，而调用方`)).toBe(true);
    expect(hasEnglishUnit(amount)).toBe(false);
  }
  for (const text of [
    '它耗时 13.34 秒',
    '每个 token',
    '超时为 10s',
    '3 sage',
  ]) {
    expect(hasEnglishUnit(text)).toBe(false);
  }
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
    await visit(page, `${chatService}/${screen}`);
    await look(page, screen, sign(page));
  }
});

test('nor in the panel of a service, the form of a canary, the page of a System and those of all entities', async ({
  page,
}) => {
  await openInChinese(page, `${chatService}/topology`);
  await page.getByRole('button', { name: /^服务 ai-chat-service/ }).click();
  await look(
    page,
    'panel of a service',
    page.getByRole('region', { name: /的详情$/ }),
  );
  await visit(page, `${chatService}/canary`);
  await page.getByRole('button', { name: '请求金丝雀' }).click();
  await look(
    page,
    'form of a canary',
    page.getByRole('form', { name: '请求金丝雀' }),
  );
  await visit(page, '/catalog/default/system/shop-assistant/ai-mesh');
  await look(
    page,
    'system',
    page.getByRole('button', { name: /^服务 ai-chat-service/ }),
  );
  await visit(page, '/ai-mesh');
  await look(page, 'fleet', page.getByRole('region', { name: '控制平面' }));
  await page.getByRole('link', { name: '模型', exact: true }).click();
  await look(page, 'models', page.getByRole('table', { name: '使用中的模型' }));
  await visit(page, '/ai-mesh/findings?code=AIM103');
  const changes = page.getByRole('button', { name: /^查看修复会在/ });
  // Codes come with the facts, which are computed after a start.
  await expect(async () => {
    await page.reload();
    await expect(changes).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  await changes.click();
  await look(page, 'findings', page.getByText('更改').first());
});

test('nor where the past is shown, compared or replayed', async ({ page }) => {
  const chat = page.getByRole('button', { name: /^服务 ai-chat/ });
  await openInChinese(page, `${chatService}/topology?view=replay`);
  await look(page, 'replay', page.getByRole('button', { name: '播放' }));
  const compared = [
    ['with=hour', chat],
    ['with=versions:v1:v2', chat],
    ['with=step:', page.getByText(/金丝雀步骤/)],
    ['with=hour&view=table', page.getByRole('table')],
    ['depth=3&group=namespace', chat],
    ['find=errors+%3E&hide=(', page.getByText(/个字符/)],
  ] as const;
  for (const [query, sign] of compared) {
    await visit(page, `${chatService}/topology?${query}`);
    await look(page, query, sign);
  }
});

test('nor on the pages of a system, of claims and of the start', async ({
  page,
}) => {
  await openInChinese(page, '/catalog/default/system/shop-assistant/ai-mesh');
  await look(page, 'system', page.getByRole('button', { name: /^服务 / }));
  await page.getByRole('button', { name: '表格', exact: true }).click();
  await look(page, 'system, as a table', page.getByRole('table'));
  await visit(page, '/ai-mesh/contested');
  await look(page, 'contested claims', page.getByRole('status'));
  await visit(page, '/');
  await expect(
    page.getByRole('heading', { name: 'AI Mesh 演示' }),
  ).toBeVisible();
  await look(page, 'start', page.getByRole('list', { name: '场景' }));
});

test('nor on services that are set up badly, and those of models', async ({
  page,
}) => {
  await openInChinese(page, chatService);
  for (const [name, screen] of [
    ['translation-service', 'review'],
    ['translation-service', 'security'],
    ['summary-service', 'overview'],
    ['summary-service', 'review'],
    ['api-gateway', 'traffic'],
    ['api-gateway', 'review'],
    ['llm-gateway-service', 'slos'],
    ['llm-gateway-service', 'scorecard'],
    ['llm-gateway-service', 'review'],
    ['local-model-service', 'slos'],
    ['local-model-service', 'review'],
    ['qa-service', 'review'],
    ['qa-service', 'security'],
    ['ai-orchestrator', 'review'],
  ]) {
    await visit(page, `${pageOf(name)}/${screen}`);
    await look(page, `${name}, ${screen}`, content(page));
  }
});

test('nor in what is refused, and where there is nothing to see', async ({
  page,
}) => {
  await openInChinese(page, chatService);
  for (const path of [
    // What has not been yet, and what nobody has kept.
    `${chatService}/overview?at=2199-01-01T00:00:00Z`,
    `${chatService}/topology?at=2199-01-01T00:00:00Z`,
    `${chatService}/overview?at=2020-01-01T00:00:00Z`,
    `${chatService}/slos?at=2020-01-01T00:00:00Z`,
    // No canary, and none that anybody may see.
    `${chatService}/canary/00000000-0000-0000-0000-000000000000`,
    `${pageOf('translation-service')}/canary`,
  ]) {
    await visit(page, path);
    await look(page, path, content(page));
  }
});

test('nor in what opens over a screen', async ({ page }) => {
  await openInChinese(page, chatService);
  const dialog = page.getByRole('dialog');
  const lookInto = async (where: string, sign: Locator = dialog) => {
    await look(page, where, sign);
    await page.keyboard.press('Escape');
    await expect(sign).toBeHidden();
  };
  await page.getByRole('button', { name: '关于此页面' }).click();
  await lookInto('help');
  await page
    .getByRole('button', { name: /^每秒请求数/ })
    .first()
    .click();
  await lookInto('where a figure is from');
  for (const screen of ['topology', 'slos']) {
    await page.goto(
      `${chatService}/${screen}?tour=${screen === 'slos' ? 5 : 2}`,
    );
    await look(page, `tour, ${screen}`, page.getByText(/步，共 5 步/));
  }

  await visit(page, `${chatService}/topology`);
  const calls = page.getByRole('button', { name: /^从 .* 到 .* 的调用/ });
  await calls.first().dispatchEvent('click');
  await lookInto(
    'panel of a call',
    page.getByRole('region', { name: /的详情$/ }),
  );
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await lookInto('to take along', page.getByRole('menu'));

  await visit(page, `${chatService}/traffic`);
  await page
    .getByRole('button', { name: /^以 YAML 打开/ })
    .first()
    .click();
  await lookInto('an object');

  await visit(page, `${chatService}/security`);
  await page
    .getByRole('button', { name: /ai-orchestrator：POST \/api\/chat/ })
    .first()
    .click();
  await lookInto('why somebody may call');
  const question = page.getByRole('form', { name: 'X 可以调用它吗？' });
  await question
    .getByLabel('命名空间/工作负载')
    .fill('ai-services/nightly-embedding-job');
  for (const path of ['/api/chat', '/api/batch-chat']) {
    await question.getByLabel('路径').fill(path);
    await question.getByRole('button', { name: '查询' }).click();
    await look(page, `who may call ${path}`, question.getByRole('status'));
  }

  await visit(page, '/ai-mesh');
  await page.getByRole('button', { name: '列', exact: true }).click();
  await lookInto('columns', page.getByRole('menu'));
});
