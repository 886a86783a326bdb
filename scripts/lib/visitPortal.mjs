import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { launchChromium } from './chromium.mjs';

/** How long a page of a fresh portal may take: what it asks for is compiled or read for the first time. */
export const soon = { timeout: 60_000 };

/**
 * Walks through a portal in a browser of its own. Throws at the first that is not as the walk expects it, and afterwards for
 * what the page threw and for deprecations of AI Mesh; gives a line for each thing that was seen.
 *
 * @param walk - is given the page, and `saw`, which keeps a picture of what it is told
 * @param options - `pictures`: a folder; `name`: what its files begin with
 */
export async function visitPortal(walk, { pictures, name }) {
  mkdirSync(pictures, { recursive: true });
  const browser = await launchChromium();
  const seen = [];
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
  });
  const thrown = [];
  const said = [];
  page.on('pageerror', error => thrown.push(error.stack ?? error.message));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) {
      said.push(message.text());
    }
  });
  const picture = end =>
    page.screenshot({ path: join(pictures, `${name}-${end}.png`) });
  try {
    await walk(page, async what => {
      seen.push(what);
      await picture(seen.length);
    });
    const faults = faultsOf(thrown, said);
    if (faults.length > 0) {
      throw new Error('the pages were seen, but not without a fault');
    }
    return [...seen, `${name}: no error and no deprecation in the browser`];
  } catch (error) {
    await picture('failed');
    throw new Error(
      [
        error.message,
        'The browser said:',
        ...new Set([...thrown, ...said]),
      ].join('\n'),
      { cause: error },
    );
  } finally {
    await browser.close();
  }
}

/** What a page must not do: throw, or use what is deprecated through AI Mesh. What Backstage's own plugins use is theirs. */
export function faultsOf(thrown, said) {
  return [
    ...thrown,
    ...said.filter(text => /deprecat/i.test(text) && /ai-?mesh/i.test(text)),
  ];
}

/** A guest is forgotten by a load of the page in some of Backstage's sign-in pages. */
export async function signInAgain(page) {
  const enter = page.getByRole('button', { name: 'Enter' });
  await expect(enter.or(page.getByRole('main')).first()).toBeVisible(soon);
  if (await enter.isVisible()) {
    await enter.click();
  }
}
