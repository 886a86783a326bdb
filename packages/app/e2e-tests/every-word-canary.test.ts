import { expect, test } from '@playwright/test';
import {
  endActiveCanaries,
  quickPlan,
  requestCanary,
  RUN_MS,
} from './canaries';
import { inChinese, look, lookAtDialog } from './chinese';
import { chatService, playScene, setChatWeights } from './portal';

test.describe.configure({ timeout: 300_000 });

test.beforeEach(async ({ page }) => {
  await endActiveCanaries(page);
  await setChatWeights(90, 10);
});

test.afterAll(async () => {
  await playScene('normal');
  await setChatWeights(90, 10);
});

/** Long enough at each step for a look around. */
const slowPlan = {
  ...quickPlan,
  'Interval, seconds': '120',
  'Longest hold, seconds': '600',
};

test('no English sentence is on the page of a canary, in its dialogs, and in what is refused', async ({
  page,
  browser,
}) => {
  await playScene('good-canary');
  await requestCanary(page, '走查', slowPlan);
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
    await lookAtDialog(amir, '批准');
    await amir.getByRole('button', { name: '批准', exact: true }).click();
    await amir
      .getByRole('dialog')
      .getByRole('button', { name: '批准', exact: true })
      .click();
    await expect(amir.getByRole('table', { name: '门限' })).toContainText(
      '错误率',
      { timeout: 60_000 },
    );
    await look(amir, 'a canary under way', amir.getByText('进行中'));
  });

  await inChinese(browser, 'Olivia', pathname, async olivia => {
    await lookAtDialog(olivia, '立即前进');
    await lookAtDialog(olivia, '立即回滚');
    // What came in between is said before anything is done.
    await olivia.getByRole('button', { name: '立即前进', exact: true }).click();
    await inChinese(browser, 'Nora', pathname, async nora => {
      await nora.getByRole('button', { name: '暂停', exact: true }).click();
      await look(nora, 'a paused canary', nora.getByText('已暂停'));
    });
    const dialog = olivia.getByRole('dialog');
    await dialog.getByRole('button', { name: '立即前进' }).click();
    await look(olivia, 'an action that came too late', dialog);
    await dialog.getByRole('button', { name: '保持原样' }).click();
    await olivia.getByRole('button', { name: '立即回滚', exact: true }).click();
    await dialog.getByLabel(/理由/).fill('走查结束');
    await dialog.getByRole('button', { name: '立即回滚' }).click();
    await expect(olivia.getByText('已回滚').first()).toBeVisible({
      timeout: 60_000,
    });
    await look(olivia, 'a canary of the past', olivia.getByText('已回滚'));
  });
});

test('nor on one that a gate has taken back', async ({ page, browser }) => {
  await playScene('bad-canary');
  await requestCanary(page, '有问题的版本', quickPlan);
  const { pathname } = new URL(page.url());
  await inChinese(browser, 'Amir', pathname, async amir => {
    await amir.getByRole('button', { name: '批准', exact: true }).click();
    await amir
      .getByRole('dialog')
      .getByRole('button', { name: '批准', exact: true })
      .click();
    await expect(amir.getByText('已回滚').first()).toBeVisible({
      timeout: RUN_MS,
    });
    await look(amir, 'a breach', amir.getByText('已回滚'));
  });
});
