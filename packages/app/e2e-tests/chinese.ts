import {
  type Browser,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { expectToFit } from './expectToFit';
import { expectChinese } from './latinSentences';
import { keepPicture } from './pictures';
import { openAs, type Role } from './portal';
import { NARROW, unfoldAll } from './screens';

/** Opens a page of the portal as somebody who reads Simplified Chinese. */
export async function openInChinese(
  page: Page,
  path: string,
  role: Role = 'Olivia',
) {
  await page.setViewportSize(NARROW);
  await openAs(page, role, '/settings');
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('option', { name: '中文' }).click();
  await page.goto(path);
}

/** The same in a browser of their own. */
export async function inChinese(
  browser: Browser,
  role: Role,
  path: string,
  act: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await openInChinese(page, path, role);
    await act(page);
  } finally {
    await context.close();
  }
}

/** What a screen says when it has come, and what it folds away; and that there is room for it. */
export async function look(page: Page, where: string, sign: Locator) {
  await unfoldAll(page, where, sign);
  await keepPicture(page, 'zh', where);
  await expectChinese(page, where);
  await expectToFit(page, where);
}

/** Looks at what an action asks before it is done, and leaves it undone. */
export async function lookAtDialog(page: Page, action: string) {
  await page.getByRole('button', { name: action, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await look(page, `dialog: ${action}`, dialog);
  await dialog.getByRole('button', { name: '保持原样' }).click();
  await expect(dialog).toBeHidden();
}
