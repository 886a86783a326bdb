import { launchChromium } from './chromium.mjs';
import { quantile } from './statistics.mjs';

/** So many times the wheel is turned, by so many pixels: a few hundred rows, of which the later ones have to be asked for. */
const TURNS = 60;
const PIXELS = 300;
const PATIENCE = { timeout: 60_000 };

/**
 * Scrolls down the table of all entities, as quick as the browser draws.
 *
 * @returns `rows`, how far it came; of the frames between `p50Ms` and `p95Ms`; and `longestMs`, the longest task of the main
 *   thread, with what the rest of the machine takes
 */
export async function scrolledTable(url) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
    });
    await page.goto(`${url}/ai-mesh?sort=rate`);
    await page.getByRole('button', { name: 'Enter as Olivia' }).click(PATIENCE);
    const table = page.getByRole('region', { name: 'Services in the mesh' });
    await table.getByRole('row').nth(10).waitFor(PATIENCE);
    await table.scrollIntoViewIfNeeded();
    await table.hover();
    await page.evaluate(watch);
    for (let turn = 0; turn < TURNS; turn++) {
      await page.mouse.wheel(0, PIXELS);
      await page.evaluate(nextFrame);
    }
    const { frames, tasks } = await page.evaluate(seen);
    const lastRow = table.getByRole('row').last();
    return {
      rows: Number(await lastRow.getAttribute('aria-rowindex')),
      p50Ms: quantile(frames, 0.5),
      p95Ms: quantile(frames, 0.95),
      longestMs: Math.max(0, ...tasks),
    };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
function watch() {
  const frames = [];
  const tasks = [];
  let last = performance.now();
  const frame = now => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver(list =>
    tasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({ type: 'longtask' });
  window.aiMeshSeen = { frames, tasks };
}

/** Runs in the page. */
function nextFrame() {
  return new Promise(resolve => {
    requestAnimationFrame(() => resolve());
  });
}

/** Runs in the page. */
function seen() {
  return window.aiMeshSeen;
}
