import { expect, test } from '@playwright/test';
import { endCanariesAside, quickPlan, requestCanary, RUN_MS } from './canaries';
import { setChatWeights } from './chatRoutes';
import { inChinese, look, lookAtDialog } from './chinese';
import { chatService, playScene } from './portal';

test.beforeAll(async ({ browser }) => {
  await endCanariesAside(browser);
  await setChatWeights(90, 10);
});

test.afterAll(async () => {
  await playScene('normal');
  await setChatWeights(90, 10);
});

/** Long enough at its first step for a look around, which holds it: that is not to pause it before a gate can take it back. */
const slowPlan = {
  ...quickPlan,
  'Interval, seconds': '120',
  'Longest hold, seconds': '900',
};

test('no English sentence is on the page of a canary, in its dialogs, its evidence and its history', async ({
  page,
  browser,
}) => {
  // It waits for others to look at each of its states.
  test.setTimeout(300_000);
  await playScene('good-canary');
  await requestCanary(page, '走查', slowPlan, async form => {
    await form.getByRole('button', { name: /^Choose from/ }).click();
    await form
      .getByRole('table', { name: 'Quality gates' })
      .getByRole('checkbox', { name: 'Thumbs down' })
      .check();
  });
  const { pathname } = new URL(page.url());

  await inChinese(browser, 'Olivia', pathname, async olivia => {
    await look(olivia, 'a canary that waits', olivia.getByText('等待批准'));
    await lookAtDialog(olivia, '取消请求');
    await olivia.goto(`${chatService}/canary`);
    await look(olivia, 'its line', olivia.getByText('等待批准'));
    await olivia.getByRole('button', { name: '请求金丝雀' }).click();
    await look(
      olivia,
      'a request that meets it',
      olivia.getByRole('form', { name: '请求金丝雀' }),
    );
  });

  await inChinese(browser, 'Amir', pathname, async amir => {
    await lookAtDialog(amir, '拒绝');
    await amir.getByRole('button', { name: '批准', exact: true }).click();
    const dialog = amir.getByRole('dialog');
    await look(amir, 'dialog: 批准', dialog);
    await dialog.getByRole('button', { name: '批准', exact: true }).click();
    await expect(amir.getByRole('table', { name: '门限' })).toContainText(
      '差评率',
      { timeout: 60_000 },
    );
    await look(amir, 'a canary under way', amir.getByText('进行中'));
  });

  await inChinese(browser, 'Olivia', pathname, async olivia => {
    await lookAtDialog(olivia, '立即回滚');
    await lookAtDialog(olivia, '立即前进');
    const press = (name: string) =>
      olivia.getByRole('button', { name, exact: true }).click();
    await press('暂停');
    await look(olivia, 'a paused canary', olivia.getByText('已暂停'));
    await press('继续');
    await expect(
      olivia.getByRole('button', { name: '暂停', exact: true }),
    ).toBeVisible();

    await setChatWeights(70, 30);
    const drift = olivia.getByRole('button', { name: '采纳现状' });
    await look(olivia, 'drift', drift);
    await lookAtDialog(olivia, '采纳现状');
    await lookAtDialog(olivia, '恢复金丝雀的权重');

    // A gate takes it back, with its evidence in the history.
    await playScene('bad-canary');
    await press('恢复金丝雀的权重');
    await olivia
      .getByRole('dialog')
      .getByRole('button', { name: '恢复金丝雀的权重', exact: true })
      .click();
    const ended = olivia.getByText('已回滚', { exact: true });
    await expect(ended.first()).toBeVisible({ timeout: RUN_MS });
    await look(olivia, 'a canary of the past', ended);
  });
});
