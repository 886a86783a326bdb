import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CanaryReplica,
  seedCanaries,
  writeCanaryWorld,
} from './canaryReplica.mjs';
import { Children } from './children.mjs';
import { startPostgres } from './postgres.mjs';
import { cpuMs, cpuMsWithChildren } from './processUse.mjs';
import { freshRunFolder } from './runFolder.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';
import { say } from './shell.mjs';
import { quantile } from './statistics.mjs';

const CHECK_SECONDS = 15;
const REPLICAS = ['replica-a', 'replica-b'];

/**
 * Many running canaries, two replicas on one PostgreSQL, a real Prometheus that scrapes every 15 s. The replicas are
 * processes with the engine and its adapters; what else a portal does is not in their figures.
 */
export async function measureLoad({ canaries, warmUpSeconds, seconds }) {
  const children = new Children();
  const run = freshRunFolder('.run-bench');
  const postgres = await startPostgres();
  if (!postgres) {
    throw new Error('this benchmark needs PostgreSQL');
  }
  const world = writeCanaryWorld(canaries, canaries / 4);
  try {
    const { cluster, prometheusUrl } = await startSandboxMesh(children, run, {
      sandboxPort: 0,
      prometheusPort: 0,
      sandboxArgs: ['--world', world],
      scrapeSeconds: 15,
    });
    const replicas = await startReplicas(children, run, {
      canaries,
      database: {
        client: 'pg',
        connection: postgres.env.AI_MESH_TEST_POSTGRES,
      },
      kubernetes: {
        url: cluster.kubernetes.url,
        token: cluster.kubernetes.serviceAccountToken,
      },
      prometheusUrl,
    });
    say(`${canaries} canaries begin; ${warmUpSeconds} s to settle`);
    await sleep(warmUpSeconds * 1000);
    replicas.forEach(replica => replica.take());
    const others = () => ({
      prometheus: cpuMs(children.pidOf('Prometheus')),
      postgres: cpuMsWithChildren(postgres.pid),
    });
    const before = others();
    say(`measuring for ${seconds} s`);
    await sleep(seconds * 1000);
    const after = others();
    const cores = name =>
      before[name] === undefined
        ? undefined
        : (after[name] - before[name]) / 1000 / seconds;
    return {
      canaries,
      replicas: replicas.map(replica => summary(replica.take())),
      prometheusCores: cores('prometheus'),
      postgresCores: cores('postgres'),
    };
  } finally {
    await children.stop(0);
    await postgres.stop();
    rmSync(world, { recursive: true, force: true });
  }
}

/** Both begin at the same time with canaries that are there already. */
async function startReplicas(children, run, { canaries, ...shared }) {
  const options = { ...shared, scrapeIntervalSeconds: 15, reportMs: 1000 };
  const lease = owner => ({ owner, durationMs: 30_000 });
  say(`asking for ${canaries} canaries`);
  await seedCanaries({
    ...options,
    lease: lease('nobody'),
    seed: { canaries, plan: { checkSeconds: CHECK_SECONDS } },
  });
  return Promise.all(
    REPLICAS.map(owner =>
      CanaryReplica.start(
        children,
        owner,
        { ...options, lease: lease(owner) },
        join(run, `${owner}.log`),
      ),
    ),
  );
}

function summary(reports) {
  const total = name => reports.reduce((sum, report) => sum + report[name], 0);
  const seconds = total('seconds');
  const gaps = reports.flatMap(({ betweenVisitsMs }) => betweenVisitsMs);
  const late = gaps.map(ms => Math.max(0, ms / 1000 - CHECK_SECONDS));
  return {
    held: reports.at(-1).held,
    checksPerSecond: gaps.length / seconds,
    cores: total('cpuSeconds') / seconds,
    statementsPerSecond: total('databaseStatements') / seconds,
    queriesPerSecond: total('prometheusQueries') / seconds,
    lateSecondsP50: quantile(late, 0.5),
    lateSecondsP99: quantile(late, 0.99),
    // A replica that the other one left nothing to look at was never late.
    lateSecondsMost: late.length > 0 ? Math.max(...late) : undefined,
  };
}
