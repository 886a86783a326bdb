import {
  type Browser,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { expectToFit } from './expectToFit';
import { expectChinese, PAGES } from './latinSentences';
import { openAs, type Role } from './portal';

/** A small notebook's. */
const NARROW = { width: 1024, height: 900 };

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

/** Something of a screen's own, whatever it is. */
export function content(page: Page): Locator {
  return page
    .locator(PAGES)
    .locator('h2, h3, table, article, [role="status"]')
    .filter({ visible: true });
}

/** What a screen says when it has come, and what it folds away; and that there is room for it. */
export async function look(page: Page, where: string, sign: Locator) {
  // The first to ask waits for the sources.
  await expect(sign.first(), where).toBeVisible({ timeout: 60_000 });
  await expect(
    page.locator('main [role="progressbar"], main .MuiSkeleton-root'),
    where,
  ).toHaveCount(0, { timeout: 60_000 });
  await page
    .locator(PAGES)
    .locator('[aria-expanded="false"]:not([aria-haspopup])')
    .evaluateAll(folded => folded.forEach(one => (one as HTMLElement).click()));
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
