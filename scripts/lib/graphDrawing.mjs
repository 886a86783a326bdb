import { expect } from '@playwright/test';
import { goTo } from './goTo.mjs';

const SOON = { timeout: 120_000 };
/** What the page marks in its own timeline. */
const MARKS = { clicked: 'ai-mesh clicked', drawn: 'ai-mesh drawn' };

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

/**
 * The names of the scripts that a portal loads after the list of the catalog: `card` for an entity's page with the plugin's
 * card, `firstScreen` for the first screen of the tab with those of that page.
 */
export async function screenScripts(browser, url, name) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  const loaded = new Set();
  page.on('response', response => {
    const { pathname } = new URL(response.url());
    if (/\/static\/.*\.js$/.test(pathname)) {
      loaded.add(pathname.split('/').at(-1));
    }
  });
  await page.addInitScript(() =>
    localStorage.setItem('/ai-mesh/tourOffered', 'true'),
  );
  await page.goto(`${url}/catalog`);
  await page.getByRole('button', { name: 'Enter as Olivia' }).click(SOON);
  await expect(page.getByText(name).first()).toBeVisible(SOON);
  await page.waitForLoadState('networkidle');
  const before = new Set(loaded);
  const since = () => [...loaded].filter(script => !before.has(script));
  await page.evaluate(goTo, `/catalog/default/component/${name}`);
  await expect(page.getByText('Mutual TLS').first()).toBeVisible(SOON);
  await page.waitForLoadState('networkidle');
  const card = since();
  await page.evaluate(goTo, `${entityPath(name)}/overview`);
  await overviewShown(page);
  await page.waitForLoadState('networkidle');
  await context.close();
  return { card, firstScreen: since() };
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
 * Follows a link to the topology, within the page, and waits until it is drawn: the entity, a call's label, and a frame with
 * both.
 *
 * @returns milliseconds: `clickMs` from the click, `drawMs` from the answer's last byte; and of the main thread between the
 *   click and the frame `mainMs`, what all tasks took of the processor, `blockedMs`, what the longest did, and
 *   `blockedWallMs`, how long the longest lasted, which on a busy machine is more; and what they were spent on as Chromium
 *   sums it up, `scriptMs`, `styleMs`, `layoutMs`, and `restMs`, paint among it
 */
export async function openTopology(page, name, { depth }) {
  const browser = page.context().browser();
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable');
  await browser.startTracing(page, {
    categories: ['toplevel', 'blink.user_timing'],
  });
  let trace;
  let times;
  let spent;
  try {
    const before = await metricsOf(devTools);
    await page.evaluate(watchAndGo, {
      path: `${entityPath(name)}/topology?depth=${depth}`,
      own: name.split('.').at(-1),
      marks: MARKS,
    });
    await page.waitForFunction(
      mark => performance.getEntriesByName(mark).length > 0,
      MARKS.drawn,
      SOON,
    );
    spent = spentBetween(before, await metricsOf(devTools));
    times = await page.evaluate(timesBetween, MARKS);
  } finally {
    trace = JSON.parse((await browser.stopTracing()).toString());
    await devTools.detach();
  }
  return { ...times, ...spent, ...tasksBetween(trace.traceEvents, MARKS) };
}

/** What Chromium tells of a page by name; durations are seconds of its main thread since the page was there. */
async function metricsOf(devTools) {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

function spentBetween(before, after) {
  const ms = name => (after[name] - before[name]) * 1000;
  const scriptMs = ms('ScriptDuration');
  const styleMs = ms('RecalcStyleDuration');
  const layoutMs = ms('LayoutDuration');
  const restMs = ms('TaskDuration') - scriptMs - styleMs - layoutMs;
  return { scriptMs, styleMs, layoutMs, restMs };
}

/** Runs in the page. */
function watchAndGo({ path, own, marks }) {
  performance.clearMarks();
  performance.clearResourceTimings();
  const look = () => {
    const isThere = [...document.querySelectorAll('[data-node]')].some(node =>
      node.textContent.includes(own),
    );
    if (isThere && document.querySelector('[data-edge]')) {
      // This frame has them; when the next one begins, it was shown.
      requestAnimationFrame(() => performance.mark(marks.drawn));
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
  performance.mark(marks.clicked);
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** Runs in the page. */
function timesBetween(marks) {
  const at = mark => performance.getEntriesByName(mark)[0].startTime;
  const [clicked, drawn] = [at(marks.clicked), at(marks.drawn)];
  const answer = performance
    .getEntriesByType('resource')
    .find(
      ({ name, startTime }) =>
        /\/api\/ai-mesh\/.*\/topology/.test(name) && startTime >= clicked,
    );
  return {
    clickMs: drawn - clicked,
    drawMs: answer && drawn - answer.responseEnd,
  };
}

/**
 * By Chromium's trace, whose times are microseconds; `tdur` is what a task took of the processor. Where that is not told, all
 * the time that the task lasted counts.
 */
function tasksBetween(events, marks) {
  const found = mark => events.find(({ name }) => name === mark);
  const [clicked, drawn] = [found(marks.clicked), found(marks.drawn)];
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur }) =>
      name === 'ThreadControllerImpl::RunTask' &&
      pid === clicked.pid &&
      tid === clicked.tid &&
      ts + dur >= clicked.ts &&
      ts <= drawn.ts,
  );
  const cpu = tasks.map(({ tdur, dur }) => tdur ?? dur);
  return {
    mainMs: cpu.reduce((sum, took) => sum + took, 0) / 1000,
    blockedMs: Math.max(...cpu) / 1000,
    blockedWallMs: Math.max(...tasks.map(({ dur }) => dur)) / 1000,
  };
}

/** Bytes of JavaScript objects that a page holds, once everything is collected that can be; and its DOM nodes. */
export async function heapOf(page) {
  const devTools = await page.context().newCDPSession(page);
  try {
    await devTools.send('HeapProfiler.enable');
    await devTools.send('HeapProfiler.collectGarbage');
    await devTools.send('Performance.enable');
    const metrics = await metricsOf(devTools);
    return {
      heapMb: metrics.JSHeapUsedSize / 1e6,
      domNodes: metrics.Nodes,
      listeners: metrics.JSEventListeners,
    };
  } finally {
    await devTools.detach();
  }
}
