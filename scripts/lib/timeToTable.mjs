import { launchChromium } from './chromium.mjs';
import { goTo } from './goTo.mjs';

const FLEET = '/ai-mesh?sort=rate';

/**
 * Milliseconds until the rows of the page of all entities, sorted by traffic, stand there with their figures, once for each
 * time: `followed` from a link within the portal, which had not shown anything of the page before, and `loaded` from opening
 * its address, with all of the portal that has to start first. Whoever opens it is signed in, and the browser has the
 * portal's code already.
 */
export async function timeToTable(url, times) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
    });
    const rates = page
      .locator('table[aria-label="Services in the mesh"]')
      .getByRole('button', { name: /^Requests per second: [\d.]/ });
    const load = path => page.goto(`${url}${path}`, { waitUntil: 'commit' });
    const untilRows = async begin => {
      const started = performance.now();
      await begin();
      await rates.first().waitFor({ timeout: 60_000 });
      return performance.now() - started;
    };
    await load(FLEET);
    await page
      .getByRole('button', { name: 'Enter as Olivia' })
      .click({ timeout: 60_000 });
    await rates.first().waitFor({ timeout: 60_000 });
    const followed = [];
    const loaded = [];
    for (let time = 0; time < times; time++) {
      loaded.push(await untilRows(() => load(FLEET)));
      await load('/settings');
      await page.getByText('Appearance').first().waitFor({ timeout: 60_000 });
      followed.push(await untilRows(() => page.evaluate(goTo, FLEET)));
    }
    return { followed, loaded };
  } finally {
    await browser.close();
  }
}
