import { chromium } from '@playwright/test';
import { which } from './shell.mjs';

/**
 * Milliseconds from opening the page of all entities, sorted by traffic, until its rows stand there with their figures,
 * once for each time. Whoever opens it is signed in, and the browser has the portal's code already.
 */
export async function timeToTable(url, times) {
  const browser = await chromium.launch({
    executablePath:
      process.env.CHROMIUM_BIN ??
      ['chromium', 'chromium-browser', 'google-chrome']
        .map(which)
        .find(Boolean),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
    });
    const rates = page
      .locator('table[aria-label="Services in the mesh"]')
      .getByRole('button', { name: /^Requests per second: [\d.]/ });
    const open = async () => {
      const started = performance.now();
      await page.goto(`${url}/ai-mesh?sort=rate`, { waitUntil: 'commit' });
      return started;
    };
    await open();
    await page
      .getByRole('button', { name: 'Enter as Olivia' })
      .click({ timeout: 60_000 });
    await rates.first().waitFor({ timeout: 60_000 });
    const durations = [];
    for (let time = 0; time < times; time++) {
      const started = await open();
      await rates.first().waitFor({ timeout: 60_000 });
      durations.push(performance.now() - started);
    }
    return durations;
  } finally {
    await browser.close();
  }
}
