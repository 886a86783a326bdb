import { expect, type Locator, type Page } from '@playwright/test';
import { PAGES } from './latinSentences';

/** A small notebook's. */
export const NARROW = { width: 1024, height: 900 };

/** Something of a screen's own, whatever it is. */
export function content(page: Page): Locator {
  return page
    .locator(PAGES)
    .locator('h2, h3, table, article, [role="status"]')
    .filter({ visible: true });
}

/**
 * Goes to a page as the portal's own links do, without starting the portal again. By way of the settings, which have no `main`:
 * so nothing of the page before is taken for the next one's. They lead to their first tab themselves, which has to be over.
 */
export async function visit(page: Page, path: string) {
  await page.evaluate(follow, '/settings');
  await expect(page.locator('main'), path).toHaveCount(0);
  await expect(page.getByRole('tab', { selected: true }), path).toBeVisible();
  await page.evaluate(follow, path);
}

function follow(path: string) {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** Waits until a screen has come, and unfolds what it folds away. */
export async function unfoldAll(page: Page, where: string, sign: Locator) {
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
}
