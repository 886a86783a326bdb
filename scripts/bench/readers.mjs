// Many readers who poll: what each costs the portal and Prometheus.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { DemoSession, roles } from '../lib/demoSession.mjs';
import { startGeneratedWorld } from '../lib/generatedWorld.mjs';
import { wholeNumber } from '../lib/numberOption.mjs';
import { cpuMs, rssMb } from '../lib/processUse.mjs';
import { queriesServed } from '../lib/prometheusCounts.mjs';
import { say } from '../lib/shell.mjs';
import { missedReadersAims } from '../lib/sizeAims.mjs';
import { quantile, table } from '../lib/statistics.mjs';

/** Rates over 5 min need some of it. */
const TRAFFIC_SECONDS = 90;
/** So long nobody reads before: several rounds of what a portal does by itself. */
const QUIET_SECONDS = 120;
/** As the screens do while somebody looks (`REFRESH_INTERVAL_MS`). */
const POLL_SECONDS = 15;
/** The entity's card, and the tab's largest screen. */
const VIEWS = ['overview', 'topology'];

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      readers: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '300' },
      services: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const readers = wholeNumber('readers', values.readers);
  const seconds = wholeNumber('seconds', values.seconds);
  const services = wholeNumber('services', values.services);
  await ensureApp();
  // Each reads another entity, so that none is given what was just made for another.
  const world = await startGeneratedWorld({
    services,
    seed: values.seed,
    entities: readers,
    keepsAnswers: true,
  });
  try {
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const quiet = Math.min(seconds, QUIET_SECONDS);
    say(`nobody reads for ${quiet} s`);
    const nobody = await useOf(world, () => sleep(quiet * 1000));
    say(`${readers} readers poll for ${seconds} s`);
    const sessions = await Promise.all(
      roles.map(role => DemoSession.signIn(world.url, role)),
    );
    const until = Date.now() + seconds * 1000;
    const polls = [];
    const everybody = await useOf(world, () =>
      Promise.all(
        Array.from({ length: readers }, (_, at) =>
          read({
            session: sessions[at % sessions.length],
            name: world.names[at % world.names.length],
            // They did not all open their tabs at once.
            delayMs: (at / readers) * POLL_SECONDS * 1000,
            until,
            polls,
          }),
        ),
      ),
    );
    const result = {
      services,
      readers,
      nobody,
      everybody,
      portalRssMb: rssMb(world.portalPid),
      views: VIEWS.map(view => viewOf(view, polls)),
      load: loadavg()[0],
    };
    process.stdout.write(`${report(result)}\n`);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    const missed = missedReadersAims(result);
    missed.forEach(say);
    process.exitCode = missed.length > 0 ? 1 : 0;
  } finally {
    await world.stop();
  }
}

/** What a reader's browser asks, until it is time. */
async function read({ session, name, delayMs, until, polls }) {
  const tags = new Map();
  await sleep(delayMs);
  while (Date.now() < until) {
    const askedAt = Date.now();
    for (const view of VIEWS) {
      const started = performance.now();
      try {
        const { status, etag } = await session.poll(name, view, tags.get(view));
        polls.push({ view, status, ms: performance.now() - started });
        tags.set(view, etag);
      } catch (error) {
        polls.push({ view, status: 'failed' });
        say(error.message);
      }
    }
    const next = askedAt + POLL_SECONDS * 1000;
    await sleep(Math.max(0, Math.min(next, until) - Date.now()));
  }
}

/** What the portal and Prometheus use while something is done: cores on average, and questions a minute. */
async function useOf({ portalPid, prometheusPid, prometheusUrl }, work) {
  const now = async () => ({
    at: Date.now(),
    portal: cpuMs(portalPid),
    prometheus: cpuMs(prometheusPid),
    queries: await queriesServed(prometheusUrl),
  });
  const before = await now();
  await work();
  const after = await now();
  const ms = after.at - before.at;
  return {
    portalCores: (after.portal - before.portal) / ms,
    prometheusCores: (after.prometheus - before.prometheus) / ms,
    queriesPerMinute: ((after.queries - before.queries) / ms) * 60_000,
  };
}

function viewOf(view, polls) {
  const own = polls.filter(poll => poll.view === view);
  const having = wanted => own.filter(({ status }) => status === wanted);
  const times = own.flatMap(({ ms }) => ms ?? []);
  return {
    view,
    polls: own.length,
    unchanged: having(304).length,
    failed: having('failed').length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    p99Ms: quantile(times, 0.99),
  };
}

function report({ readers, nobody, everybody, views }) {
  const row = (name, key, digits) => {
    const more = everybody[key] - nobody[key];
    return [
      name,
      nobody[key].toFixed(digits),
      everybody[key].toFixed(digits),
      more.toFixed(digits),
    ];
  };
  // A core is 60 CPU seconds a minute.
  const each = key =>
    (((everybody[key] - nobody[key]) * 60) / readers).toFixed(3);
  return [
    table(
      ['', 'nobody', `${readers} readers`, 'more'],
      [
        row('portal, cores', 'portalCores', 3),
        row('Prometheus, cores', 'prometheusCores', 3),
        row('Prometheus queries a minute', 'queriesPerMinute', 1),
      ],
    ),
    '',
    `CPU seconds of each reader and minute: portal ${each('portalCores')}, Prometheus ${each('prometheusCores')}`,
    '',
    table(
      [
        'view',
        'polls',
        'unchanged (304)',
        'failed',
        'p50 ms',
        'p95 ms',
        'p99 ms',
      ],
      views.map(({ view, polls, unchanged, failed, p50Ms, p95Ms, p99Ms }) => [
        view,
        polls,
        unchanged,
        failed,
        ...[p50Ms, p95Ms, p99Ms].map(ms => ms?.toFixed(1) ?? 'none'),
      ]),
    ),
    '',
  ].join('\n');
}
