// yarn bench profile: where the time of a view goes in the backend, stage by stage, with nothing kept and on a warm table.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { Children } from '../lib/children.mjs';
import { freshRunFolder } from '../lib/runFolder.mjs';
import { startSandboxMesh } from '../lib/sandboxMesh.mjs';
import { root, say } from '../lib/shell.mjs';
import { quantile, table } from '../lib/statistics.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');
const script = join(plugin, 'src/__testUtils__/profile/profileProcess.ts');
/** Rates over 5 min need some of it. */
const TRAFFIC_SECONDS = 60;

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '30' },
      service: { type: 'string', default: 'ai-services/ai-chat-service' },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds wants a number above 0, not ${values.rounds}`);
  }
  const children = new Children();
  try {
    const mesh = await startSandboxMesh(
      children,
      freshRunFolder('.run-profile'),
      { sandboxPort: 0, prometheusPort: 0, scrapeSeconds: 15 },
    );
    const { name, kubernetes } = mesh.cluster;
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const results = await profileOf(
      {
        cluster: { name, kubernetes, prometheus: { url: mesh.prometheusUrl } },
        service: values.service,
      },
      rounds,
    );
    process.stdout.write(`${report(results)}\n`);
  } finally {
    await children.stop(0);
  }
}

async function profileOf(asked, rounds) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      script,
      JSON.stringify(asked),
      String(rounds),
    ],
    { cwd: plugin, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout);
}

function report(results) {
  const views = Object.entries(results);
  const median = numbers => quantile(numbers, 0.5);
  const ms = numbers => median(numbers).toFixed(1);
  const [[, [first]]] = views;
  const rows = [
    ...Object.keys(first.stages).map(stage => [
      `${stage}, ms`,
      ...views.map(([, all]) => ms(all.map(({ stages }) => stages[stage]))),
    ]),
    [
      'all of these, ms',
      ...views.map(([, all]) =>
        ms(
          all.map(({ stages }) =>
            Object.values(stages).reduce((sum, one) => sum + one, 0),
          ),
        ),
      ),
    ],
    [
      'questions',
      ...views.map(([, all]) =>
        median(all.map(({ questions }) => questions.length)),
      ),
    ],
    [
      'of them one after the other',
      ...views.map(([, all]) =>
        median(
          all.map(({ questions }) =>
            Math.max(0, ...questions.map(({ round }) => round)),
          ),
        ),
      ),
    ],
    [
      'longest question, ms',
      ...views.map(([, all]) =>
        ms(
          all.map(({ questions }) =>
            Math.max(0, ...questions.map(one => one.ms)),
          ),
        ),
      ),
    ],
    ['KB of JSON', ...views.map(([, all]) => kb(all, 'bytes'))],
    ['KB compressed', ...views.map(([, all]) => kb(all, 'gzipped'))],
  ];
  return table(['median of each view', ...views.map(([name]) => name)], rows);
}

function kb(all, size) {
  return (
    quantile(
      all.map(one => one[size]),
      0.5,
    ) / 1000
  ).toFixed(1);
}
