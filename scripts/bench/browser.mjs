// yarn bench browser: what a browser loads and draws, in Chromium, on generated worlds; and what it holds after long polling.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { missedBrowserAims } from '../lib/browserAims.mjs';
import { startBrowserWorld } from '../lib/browserWorld.mjs';
import { launchChromium } from '../lib/chromium.mjs';
import { enlargeGraph } from '../lib/enlargedGraph.mjs';
import {
  backToOverview,
  heapOf,
  openOverview,
  openTopology,
  screenScripts,
} from '../lib/graphDrawing.mjs';
import { freshRunFolder } from '../lib/runFolder.mjs';
import { scriptSizes } from '../lib/scriptSizes.mjs';
import { say } from '../lib/shell.mjs';
import { quantile, table } from '../lib/statistics.mjs';

const PARTS = ['scripts', 'draw', 'heap'];
/** A usual entity's neighbourhood. */
const FEW_NODES = 8;
/** A machine that has just started all this may answer late, and then a part of the graph is missing. */
const PATIENT_LOOKS = 10;
const BETWEEN_LOOKS_MS = 1000;
/** Nodes that a graph is enlarged to where no view has as many: it would read more series of Prometheus than one may. */
const MANY_NODES = 200;
/** Until the first answers are kept, their layout too. */
const SETTLING_MINUTES = 2;

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      part: { type: 'string', multiple: true, default: PARTS },
      // Two steps from its gateway are 84 nodes.
      sizes: { type: 'string', default: '222' },
      rounds: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '30' },
    },
  });
  const strangers = values.part.filter(part => !PARTS.includes(part));
  if (strangers.length > 0) {
    throw new Error(
      `no part ${strangers.join(', ')}; there are ${PARTS.join(', ')}`,
    );
  }
  const sizes = values.sizes.split(',').map(Number);
  const rounds = Number(values.rounds);
  await ensureApp();
  const results = { load: loadavg()[0] };
  const has = part => values.part.includes(part);
  for (const [index, services] of sizes.entries()) {
    const isFirst = index === 0;
    const wanted = {
      rounds: has('draw') ? rounds : 0,
      heapMinutes: isFirst && has('heap') ? Number(values.minutes) : 0,
      firstScreen: isFirst && has('scripts'),
    };
    if (Object.values(wanted).some(Boolean)) {
      await onWorld(services, results, wanted);
    }
  }
  if (has('scripts')) {
    results.scripts = await scriptSizes(
      freshRunFolder('.run-browser/scripts'),
      results.scripts,
    );
  }
  process.stdout.write(`${report(results)}\n`);
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  const missed = missedBrowserAims(results);
  missed.forEach(say);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

async function onWorld(services, results, wanted) {
  const { rounds, heapMinutes, firstScreen } = wanted;
  const world = await startBrowserWorld(services);
  const browser = await launchChromium();
  try {
    const cold = await world.portal('cold', { cacheTtl: '0s' });
    const graphs = await chooseGraphs(world, cold.session);
    if (firstScreen) {
      results.scripts = await screenScripts(browser, cold.url, world.names[0]);
    }
    for (const graph of rounds > 0 ? graphs : []) {
      say(`${graph.nodes} nodes, cold`);
      const measured = await drawCold(browser, cold.url, graph, rounds);
      (results.graphs ??= []).push(summary(graph, false, measured));
    }
    await cold.stop();
    if (rounds === 0 && heapMinutes === 0) {
      return;
    }
    const warm = await world.portal('warm', {});
    const widest = graphs.at(-1);
    if (widest.nodes < MANY_NODES) {
      graphs.push({ ...widest, leastNodes: MANY_NODES });
    }
    for (const graph of rounds > 0 ? graphs : []) {
      say(`${graph.nodes} nodes, warm`);
      const measured = await drawWarm(browser, warm.url, graph, rounds);
      results.graphs.push(summary(graph, true, measured));
    }
    if (heapMinutes > 0) {
      results.heap = await pollFor(
        browser,
        warm.url,
        graphs.at(-1),
        heapMinutes,
      );
    }
  } finally {
    await browser.close();
    await world.stop();
  }
}

/** A usual neighbourhood, and two steps from the mesh's gateway. */
async function chooseGraphs({ names, gateway }, session) {
  const candidates = [];
  for (const name of names) {
    candidates.push(await sized(session, name, 2));
  }
  const off = ({ nodes }) => Math.abs(nodes - FEW_NODES);
  const [few] = candidates.filter(Boolean).sort((a, b) => off(a) - off(b));
  return [few, await sized(session, gateway, 2)].filter(Boolean);
}

/** A graph, and how large it is; undefined where its traffic is not known. */
async function sized(session, name, depth) {
  const view = `topology?depth=${depth}`;
  let telemetry;
  for (let look = 0; look < PATIENT_LOOKS; look++) {
    const { nodes, edges, sources } = await session.view(name, view);
    telemetry = sources.find(source => source.name === 'prometheus');
    if (telemetry?.status === 'ok') {
      return { name, depth, nodes: nodes.length, edges: edges.length };
    }
    await sleep(BETWEEN_LOOKS_MS);
  }
  say(`left out: ${view} of ${name}: ${JSON.stringify(telemetry)}`);
  return undefined;
}

/** Each in a browser's context of its own, that has loaded no script of the graph, on a portal that keeps no answers. */
async function drawCold(browser, url, { name, depth }, rounds) {
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const page = await openOverview(browser, url, name);
    measured.push(await openTopology(page, name, { depth }));
    await page.context().close();
  }
  return measured;
}

/** In one page, which has shown it before, on a portal as it is installed. */
async function drawWarm(browser, url, { name, depth, leastNodes }, rounds) {
  const page = await openOverview(browser, url, name);
  const enlarged = leastNodes && (await enlargeGraph(page, leastNodes));
  const measured = [];
  for (let round = 0; round <= rounds; round++) {
    measured.push({
      ...(await openTopology(page, name, { depth })),
      ...enlarged,
    });
    await backToOverview(page, name);
  }
  await page.context().close();
  return measured.slice(1);
}

/** The graph, left open: what the page holds at the beginning, in the middle and at the end. */
async function pollFor(browser, url, { name, depth }, minutes) {
  const page = await openOverview(browser, url, name);
  await openTopology(page, name, { depth });
  const heap = [];
  for (const minute of [0, minutes / 2, minutes]) {
    const before = heap.length > 0 ? heap.at(-1).minute : -SETTLING_MINUTES;
    say(`polling until minute ${minute} of ${minutes}`);
    await sleep((minute - before) * 60_000);
    heap.push({ minute, ...(await heapOf(page)) });
  }
  await page.context().close();
  return heap;
}

function summary(graph, warm, measured) {
  const { nodes = graph.nodes, edges = graph.edges } = measured[0];
  const of = (name, p) =>
    quantile(
      measured.map(one => one[name] ?? NaN),
      p,
    );
  return {
    nodes,
    edges,
    warm,
    clickMs: of('clickMs', 0.5),
    clickMostMs: of('clickMs', 1),
    drawMs: of('drawMs', 0.5),
    mainMs: of('mainMs', 0.5),
    blockedMs: of('blockedMs', 0.5),
    blockedWallMs: of('blockedWallMs', 0.5),
    requestsMs: quantile(
      measured.map(({ clickMs, drawMs }) => clickMs - drawMs),
      0.5,
    ),
    scriptMs: of('scriptMs', 0.5),
    styleMs: of('styleMs', 0.5),
    layoutMs: of('layoutMs', 0.5),
    restMs: of('restMs', 0.5),
  };
}

function report({ load, scripts, graphs = [], heap = [] }) {
  const whole = value => String(Math.round(value));
  const parts = [`load of the machine at the start: ${load.toFixed(1)}`];
  if (scripts) {
    parts.push(
      table(
        ['scripts of the plugin, KB by gzip', 'KB'],
        [
          ['before the tab is opened', whole(scripts.initialKb)],
          ["for the entity's card besides", whole(scripts.cardKb)],
          ['for the first screen', whole(scripts.firstScreenKb)],
          ['in all', whole(scripts.wholeKb)],
        ],
      ),
    );
  }
  parts.push(
    table(
      [
        'nodes',
        'calls',
        'caches',
        'click to drawn, p50 ms',
        'most ms',
        'answer to drawn, p50 ms',
        'main thread, p50 CPU ms',
        'longest task, p50 CPU ms',
        'it lasted, p50 ms',
      ],
      graphs.map(graph => [
        graph.nodes,
        graph.edges,
        graph.warm ? 'warm' : 'cold',
        whole(graph.clickMs),
        whole(graph.clickMostMs),
        whole(graph.drawMs),
        whole(graph.mainMs),
        whole(graph.blockedMs),
        whole(graph.blockedWallMs),
      ]),
    ),
    table(
      [
        'nodes',
        'caches',
        'click to answer, p50 ms',
        'script, p50 ms',
        'style',
        'layout',
        'paint and the rest',
      ],
      graphs.map(graph => [
        graph.nodes,
        graph.warm ? 'warm' : 'cold',
        whole(graph.requestsMs),
        whole(graph.scriptMs),
        whole(graph.styleMs),
        whole(graph.layoutMs),
        whole(graph.restMs),
      ]),
    ),
    table(
      ['minute of polling', 'heap MB', 'DOM nodes', 'listeners'],
      heap.map(({ minute, heapMb, domNodes, listeners }) => [
        minute,
        heapMb.toFixed(1),
        domNodes,
        listeners,
      ]),
    ),
  );
  return `${parts.join('\n\n')}\n`;
}
