// yarn bench peer: a service's topology beside Kiali's graph of it, on the same API server and Prometheus, in turn.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { Children } from '../lib/children.mjs';
import { DemoSession } from '../lib/demoSession.mjs';
import { KialiGraphs } from '../lib/kialiGraph.mjs';
import { ratioOf } from '../lib/pairs.mjs';
import { isOwnMesh, startPeerMesh } from '../lib/peerMesh.mjs';
import { startPortal } from '../lib/portal.mjs';
import { portalConfig } from '../lib/portalConfig.mjs';
import { freePort } from '../lib/ports.mjs';
import { queriesServed } from '../lib/prometheusCounts.mjs';
import { freshRunFolder, writeRunFile } from '../lib/runFolder.mjs';
import { say } from '../lib/shell.mjs';
import { quantile, table, timed } from '../lib/statistics.mjs';

/** Rates over 5 min need some of it. */
const TRAFFIC_SECONDS = 90;
/** So that the table of the mesh is there before anything is measured. */
const WARM_UP_LOOKS = 5;

const SANDBOX_SERVICE = 'ai-services/ai-chat-service';

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '25' },
      service: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds wants a number above 0, not ${values.rounds}`);
  }
  const own = isOwnMesh(process.env);
  const [namespace, name] = (
    values.service ?? (own ? '' : SANDBOX_SERVICE)
  ).split('/');
  if (!namespace || !name) {
    throw new Error(
      '--service wants whose graph to compare, as namespace/name',
    );
  }
  await ensureApp();
  const children = new Children();
  try {
    const run = freshRunFolder('.run-peer');
    const mesh = await startPeerMesh(children, run, process.env);
    const service = { namespace, name };
    const entity = own ? `${namespace}.${name}`.slice(0, 63) : name;
    const portals = await startPortals(children, run, mesh, entity);
    if (!own) {
      say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
      await sleep(TRAFFIC_SECONDS * 1000);
    }
    const asked = asks(portals, mesh, entity, service);
    const results = await inTurn(asked, rounds, mesh.prometheusUrl);
    process.stdout.write(`${report(results)}\n`);
    process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    if (!own) {
      say(
        'this Kiali is the sandbox’s stand-in, which asks no Prometheus: set KIALI_URL, PROMETHEUS_URL and KUBECONFIG for a real one',
      );
    }
  } finally {
    await children.stop(0);
  }
}

/** One portal that keeps nothing, and one as it is installed. */
async function startPortals(children, run, mesh, entity) {
  const start = async (name, prometheus) => {
    const folder = join(run, name);
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const cluster = {
      ...mesh.cluster,
      prometheus: { ...mesh.cluster.prometheus, ...prometheus },
    };
    const config = writeRunFile(
      folder,
      'app-config.yaml',
      portalConfig({ port, cluster, catalog: mesh.catalog, measured: true }),
    );
    const url = await startPortal(children, folder, {
      port,
      configs: [config],
      name: `the ${name} portal`,
    });
    const session = await DemoSession.signIn(url, 'owner');
    await session.waitForEntity(entity);
    return session;
  };
  return {
    cold: await start('cold', { cacheTtl: '0s' }),
    warm: await start('warm', {}),
  };
}

/** What is asked in turn, by name. */
function asks({ cold, warm }, { cluster }, entity, service) {
  const kiali = new KialiGraphs(cluster.kiali.url);
  let tag;
  return {
    'topology, nothing kept': () => cold.poll(entity, 'topology'),
    'topology, warm': async () => {
      tag = (await warm.poll(entity, 'topology')).etag;
    },
    'the same, polled': () => warm.poll(entity, 'topology', tag),
    'overview, warm': () => warm.poll(entity, 'overview'),
    'a bare authenticated route': () => warm.who(),
    'the entity, of the catalog': () => warm.entity(entity),
    'one question to the policy': () => warm.mayRead(entity),
    'Kiali, graph of the service': () => kiali.service(service),
    'Kiali, graph of the namespace': () => kiali.namespace(service),
  };
}

async function inTurn(asked, rounds, prometheusUrl) {
  for (let look = 0; look < WARM_UP_LOOKS; look++) {
    for (const ask of Object.values(asked)) {
      await ask();
    }
    await sleep(1000);
  }
  const results = Object.keys(asked).map(name => ({
    name,
    questions: [],
    times: [],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const result of results) {
      const before = await queriesServed(prometheusUrl);
      result.times.push(...(await timed([asked[result.name]], 1)));
      result.questions.push((await queriesServed(prometheusUrl)) - before);
    }
  }
  return results.map(({ name, questions, times }) => ({
    name,
    // The tables' own questions come in between now and then.
    questions: quantile(questions, 0.5),
    times,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  }));
}

function report(results) {
  const timesOf = name => results.find(one => one.name === name).times;
  const times = ({ median, from, to }) =>
    `${median.toFixed(2)} (${from.toFixed(2)}–${to.toFixed(2)})`;
  const beside = [
    'a bare authenticated route',
    'Kiali, graph of the service',
    'Kiali, graph of the namespace',
  ];
  return table(
    [
      'asked',
      'Prometheus questions',
      'p50 ms',
      'p95 ms',
      ...beside.map(name => `times ${name}`),
    ],
    results.map(result => [
      result.name,
      result.questions,
      result.p50Ms.toFixed(1),
      result.p95Ms.toFixed(1),
      ...beside.map(name => times(ratioOf(result.times, timesOf(name)))),
    ]),
  );
}
