import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { launchChromium } from './chromium.mjs';

/**
 * Walks through AI Mesh in a portal that has a guest and the entity `ai-chat-service`: the card, the tab, a deep link and
 * its reload, and the request of a canary where nothing may be written. Throws at the first that is not as it should be;
 * gives a line for each that is.
 *
 * @param url - of the portal, with its path
 * @param pictures - a folder for what was seen
 */
export async function lookAtPortal(url, { pictures }) {
  mkdirSync(pictures, { recursive: true });
  const browser = await launchChromium();
  const seen = [];
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
  });
  const heard = [];
  page.on('pageerror', error => heard.push(error.message));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) {
      heard.push(message.text());
    }
  });
  const saw = async what => {
    seen.push(what);
    await page.screenshot({ path: join(pictures, `${seen.length}.png`) });
  };
  const soon = { timeout: 60_000 };
  try {
    const entity = `${url}/catalog/default/component/ai-chat-service`;
    await page.goto(entity);
    await page.getByRole('button', { name: 'Enter' }).click(soon);
    const card = page.getByText('Mutual TLS').first();
    await expect(card).toBeVisible(soon);
    await card.scrollIntoViewIfNeeded();
    await saw('the card on the overview');
    const [first] = await page.getByRole('tab').allTextContents();
    expect(first, 'the first tab').not.toBe('AI Mesh');
    // The new entity page has links, as the menu has to the page of all entities; the legacy one has tabs.
    const tab = { name: 'AI Mesh', exact: true };
    await page
      .getByRole('tab', tab)
      .or(
        page
          .getByRole('link', tab)
          .and(page.locator('[href*="/ai-chat-service/ai-mesh"]')),
      )
      .first()
      .click();
    await expect(
      page.getByRole('row', { name: /Prometheus.*Answered/ }),
    ).toBeVisible(soon);
    await saw('the tab, with its sources');
    for (const how of ['deep link', 'reload']) {
      if (how === 'reload') {
        await page.reload();
      } else {
        await page.goto(`${entity}/ai-mesh/topology`);
      }
      await signInAgain(page);
      await expect(page.getByText('ai-orchestrator').first()).toBeVisible(soon);
      await saw(`the topology by ${how}`);
    }
    await page.goto(`${entity}/ai-mesh/canary`);
    await signInAgain(page);
    // It cannot be pressed, and says why to whoever comes to it.
    await page
      .getByRole('button', { name: 'Request a canary' })
      .first()
      .hover({ ...soon, force: true });
    await expect(page.getByText(/allowWrites/).first()).toBeVisible(soon);
    await saw('that no canary may be asked for without allowWrites');
    return seen;
  } catch (error) {
    await page.screenshot({ path: join(pictures, 'failed.png') });
    throw new Error(
      [error.message, 'The browser said:', ...new Set(heard)].join('\n'),
      { cause: error },
    );
  } finally {
    await browser.close();
  }
}

/** A guest is forgotten by a load of the page in some of Backstage's sign-in pages. */
async function signInAgain(page) {
  const enter = page.getByRole('button', { name: 'Enter' });
  await expect(enter.or(page.getByRole('main')).first()).toBeVisible({
    timeout: 60_000,
  });
  if (await enter.isVisible()) {
    await enter.click();
  }
}
