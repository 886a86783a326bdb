import { setTimeout as sleep } from 'node:timers/promises';
import { ensureApp } from './app.mjs';
import { Children } from './children.mjs';
import { DemoSession } from './demoSession.mjs';
import { startPortal } from './portal.mjs';
import { portalConfig } from './portalConfig.mjs';
import { freePort } from './ports.mjs';
import { freshRunFolder, writeRunFile } from './runFolder.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';
import { say } from './shell.mjs';

const CHAT = 'ai-chat-service';
const ROUTE = `/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/${CHAT}`;
const SCRAPE_SECONDS = 2;
const CHECK_SECONDS = 5;
/** The canary's half of the traffic, for long enough that only its errors end it. Bounds are the defaults. */
const plan = {
  steps: [50, 100],
  checkSeconds: CHECK_SECONDS,
  intervalSeconds: 600,
  longestHoldSeconds: 3600,
  // As in the demo: as many as the traffic of a few seconds has.
  minRequests: 20,
};
/** Four scrapes and some more, so that the canary is being judged when it turns bad. */
const HEALTHY_SECONDS = 16;

/** No test tells 15 % of failures from 5 % sooner, on average, at 1 % of error: `ln(1/alpha) / KL`, Wald 1945. */
const LEAST_REQUESTS = Math.log(100) / divergence(0.15, 0.05);

/**
 * Seconds from the first scrape that holds a failure of the canary to the weights of before: on the demo's portal and
 * mesh, with a real Prometheus.
 *
 * @param speed - so many times the demo's traffic, whose canary has some 5 requests a second
 */
export async function measureReaction({ runs, speed }) {
  const children = new Children();
  try {
    await ensureApp();
    const run = freshRunFolder('.run-bench');
    const mesh = await startSandboxMesh(children, run, {
      sandboxPort: 0,
      prometheusPort: 0,
      scrapeSeconds: SCRAPE_SECONDS,
      sandboxArgs: ['--speed', String(speed)],
    });
    const port = await freePort();
    const config = writeRunFile(
      run,
      'app-config.yaml',
      portalConfig({ port, cluster: mesh.cluster, measured: true }),
    );
    const url = await startPortal(children, run, { port, configs: [config] });
    const people = {
      owner: await DemoSession.signIn(url, 'owner'),
      approver: await DemoSession.signIn(url, 'approver'),
    };
    await people.owner.waitForEntity(CHAT);
    await play(mesh, 'good-canary');
    say('letting traffic flow for 60 s');
    await sleep(60_000);
    const reactions = [];
    for (let i = 0; i < runs; i++) {
      reactions.push(await oneRun(mesh, people, i / runs));
      say(`run ${i + 1} of ${runs}: ${JSON.stringify(reactions.at(-1))}`);
      await play(mesh, 'good-canary');
      await sleep(5000);
    }
    return {
      speed,
      leastRequests: LEAST_REQUESTS,
      scrapeSeconds: SCRAPE_SECONDS,
      checkSeconds: CHECK_SECONDS,
      aimSeconds: SCRAPE_SECONDS + CHECK_SECONDS + 3,
      reactions,
    };
  } finally {
    await children.stop(0);
  }
}

/** @param phase - 0..1, so that the canary turns bad at another moment of the check's time in each run */
async function oneRun(mesh, { owner, approver }, phase) {
  const before = await weightsNow(mesh);
  const { id } = await owner.call('/v1/canaries', {
    entityRef: `component:default/${CHAT}`,
    service: { cluster: 'demo', namespace: 'ai-services', name: CHAT },
    stable: { subset: 'v1' },
    canary: { subset: 'v2' },
    reason: 'A benchmark',
    plan,
  });
  await approver.call(`/v1/canaries/${id}/actions`, {
    action: 'approve',
    version: 1,
  });
  await until(
    async () => (await weightsNow(mesh)).join() === '50,50',
    60,
    'the first step',
  );
  await sleep((HEALTHY_SECONDS + phase * CHECK_SECONDS) * 1000);
  const turnedBadAt = Date.now();
  await play(mesh, 'bad-canary');
  await until(
    async () => (await weightsNow(mesh)).join() === before.join(),
    180,
    'the weights of before',
  );
  const restoredAt = Date.now();
  const firstBadScrapeAt = await firstBadScrape(mesh, turnedBadAt);
  const { transitions } = await owner.call(`/v1/canaries/${id}`);
  const breach = transitions.find(({ what }) => what === 'breach');
  if (!breach) {
    throw new Error(`Canary ${id} ended without a breach`);
  }
  return {
    fromFirstBadScrapeSeconds: (restoredAt - firstBadScrapeAt) / 1000,
    fromTheSceneSeconds: (restoredAt - turnedBadAt) / 1000,
    requestsPerSecond: perSecond(transitions, breach),
    reason: breach.reason,
  };
}

/** The canary's requests a second at its first step. */
function perSecond(transitions, breach) {
  const step = transitions.find(({ what }) => what === 'step');
  const { test } = breach.evidence.gates.find(
    ({ gate }) => gate === 'error-rate',
  );
  return (
    test.canary.requests /
    ((Date.parse(breach.at) - Date.parse(step.at)) / 1000)
  );
}

function divergence(p, q) {
  return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
}

/** When Prometheus first saw a failure of the canary after a moment: the samples carry the times of their scrapes. */
async function firstBadScrape({ prometheusUrl }, afterMs) {
  const selector = `istio_requests_total{reporter="source",destination_service_name="${CHAT}",destination_version="v2",response_code=~"5.."}`;
  const seconds = Math.ceil((Date.now() - afterMs) / 1000) + 20;
  const answer = await fetch(`${prometheusUrl}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: `${selector}[${seconds}s]` }),
  });
  const { data } = await answer.json();
  const rises = data.result.flatMap(({ values }) =>
    values
      // A series that is born counts from nothing.
      .map(([at, value], i) => [
        at,
        Number(value) - Number(values[i - 1]?.[1] ?? 0),
      ])
      .filter(([at, rise]) => at * 1000 >= afterMs && rise > 0)
      .map(([at]) => at * 1000),
  );
  if (rises.length === 0) {
    throw new Error('Prometheus has seen no failure of the canary');
  }
  return Math.min(...rises);
}

async function weightsNow({ cluster }) {
  const { url, serviceAccountToken } = cluster.kubernetes;
  const answer = await fetch(`${url}${ROUTE}`, {
    headers: { authorization: `Bearer ${serviceAccountToken}` },
  });
  const { spec } = await answer.json();
  const rule = spec.http.find(({ name }) => name === 'split');
  return rule.route.map(({ weight }) => weight);
}

async function play({ demo }, name) {
  const answer = await fetch(`${demo.control}/scene`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  if (!answer.ok) {
    throw new Error(`the scene ${name}: ${await answer.text()}`);
  }
}

async function until(isSo, seconds, what) {
  const deadline = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`${what} did not come within ${seconds} s`);
    }
    await sleep(50);
  }
}
