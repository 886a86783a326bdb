import { expect } from '@playwright/test';

const SOON = { timeout: 120_000 };

export const entityPath = name => `/catalog/default/component/${name}/ai-mesh`;

/** A page of the portal, signed in, that shows the overview of a component's mesh. */
export async function openOverview(browser, url, name) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(() =>
    localStorage.setItem('/ai-mesh/tourOffered', 'true'),
  );
  await page.goto(`${url}${entityPath(name)}/overview`);
  await page.getByRole('button', { name: 'Enter as Olivia' }).click(SOON);
  await overviewShown(page);
  return page;
}

/** The names of the scripts that a portal loads for the first screen of the tab, after the entity's own page. */
export async function firstScreenScripts(browser, url, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const loaded = new Set();
  page.on('response', response => {
    const { pathname } = new URL(response.url());
    if (/\/static\/.*\.js$/.test(pathname)) {
      loaded.add(pathname.split('/').at(-1));
    }
  });
  await page.goto(`${url}/catalog/default/component/${name}`);
  await page.getByRole('button', { name: 'Enter as Olivia' }).click(SOON);
  await expect(page.getByText('Mutual TLS').first()).toBeVisible(SOON);
  const before = new Set(loaded);
  await page.evaluate(goTo, `${entityPath(name)}/overview`);
  await overviewShown(page);
  await context.close();
  return [...loaded].filter(script => !before.has(script));
}

/** From the graph to the overview again. */
export async function backToOverview(page, name) {
  await page.evaluate(goTo, `${entityPath(name)}/overview`);
  await overviewShown(page);
}

async function overviewShown(page) {
  await expect(
    page.getByRole('row', { name: /Prometheus.*Answered/ }),
  ).toBeVisible(SOON);
}

/**
 * Follows a link to the topology, within the page, and waits until it is drawn: the entity, its calls' labels, and a frame
 * with both.
 *
 * @returns milliseconds: `clickMs` from the click, `drawMs` from the answer's last byte, `blockedMs` the longest task of the
 *   main thread meanwhile; and how many nodes and calls are drawn
 */
export async function openTopology(page, name, { depth }) {
  const started = await page.evaluate(watchAndGo, {
    path: `${entityPath(name)}/topology?depth=${depth}`,
    own: name.split('.').at(-1),
  });
  await page.waitForFunction(
    () => window.aiMeshDrawn !== undefined,
    undefined,
    SOON,
  );
  return page.evaluate(measured, started);
}

/** Runs in the page: as the portal's own links go. */
function goTo(path) {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** Runs in the page. */
function watchAndGo({ path, own }) {
  window.aiMeshDrawn = undefined;
  window.aiMeshTasks = [];
  window.aiMeshWatch?.disconnect();
  window.aiMeshWatch = new PerformanceObserver(list =>
    window.aiMeshTasks.push(
      ...list
        .getEntries()
        .map(({ startTime, duration }) => ({ startTime, duration })),
    ),
  );
  window.aiMeshWatch.observe({ type: 'longtask' });
  performance.clearResourceTimings();
  const look = () => {
    const isThere = [...document.querySelectorAll('[data-node]')].some(node =>
      node.textContent.includes(own),
    );
    if (isThere && document.querySelector('[data-edge]')) {
      // This frame has them; when the next one begins, it was shown.
      requestAnimationFrame(now => {
        window.aiMeshDrawn = now;
      });
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
  const started = performance.now();
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
  return started;
}

/** Runs in the page. A long task is told of after it has ended. */
async function measured(started) {
  await new Promise(resolve => setTimeout(resolve, 300));
  const answer = performance
    .getEntriesByType('resource')
    .filter(
      ({ name, startTime }) =>
        /\/api\/ai-mesh\/.*\/topology/.test(name) && startTime >= started,
    )
    .at(0);
  const drawn = window.aiMeshDrawn;
  const tasks = window.aiMeshTasks.filter(
    ({ startTime, duration }) => startTime + duration >= started,
  );
  return {
    clickMs: drawn - started,
    drawMs: answer && drawn - answer.responseEnd,
    blockedMs: Math.max(0, ...tasks.map(({ duration }) => duration)),
  };
}

/** Bytes of JavaScript objects that a page holds, once everything is collected that can be; and its DOM nodes. */
export async function heapOf(page) {
  const devTools = await page.context().newCDPSession(page);
  try {
    await devTools.send('HeapProfiler.enable');
    await devTools.send('HeapProfiler.collectGarbage');
    await devTools.send('Performance.enable');
    const { metrics } = await devTools.send('Performance.getMetrics');
    const value = wanted => metrics.find(({ name }) => name === wanted).value;
    return {
      heapMb: value('JSHeapUsedSize') / 1e6,
      domNodes: value('Nodes'),
      listeners: value('JSEventListeners'),
    };
  } finally {
    await devTools.detach();
  }
}
