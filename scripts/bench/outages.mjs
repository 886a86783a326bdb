// yarn bench outages: how often the start of a simulated outage is found, and how often what is called likely is right.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { root } from '../lib/shell.mjs';
import { table } from '../lib/statistics.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');
const script = join(
  plugin,
  'src/topology/__testUtils__/cascades/scoreProcess.ts',
);

/** How soon somebody looks who is called at once: two scrapes later. */
const SOON_SECONDS = 30;

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: { seeds: { type: 'string', default: '200' } },
  });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new Error(`--seeds wants a number above 0, not ${values.seeds}`);
  }
  const [settled, soon] = await Promise.all([
    scoresOf(seeds),
    scoresOf(seeds, SOON_SECONDS),
  ]);
  process.stdout.write(
    `${table(
      [
        'what happens',
        'cascades',
        'right',
        `right ${SOON_SECONDS} s after it began`,
        '“likely” right',
        '“possible” right',
      ],
      settled.map((score, at) => [
        score.kind,
        score.cascades,
        score.right,
        soon[at].right,
        `${score.likelyRight} of ${score.likely}`,
        `${score.possibleRight} of ${score.possible}`,
      ]),
    )}\n\n${JSON.stringify({ settled, soon })}\n`,
  );
}

async function scoresOf(...numbers) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      script,
      ...numbers.map(String),
    ],
    { cwd: plugin, maxBuffer: 2 ** 24 },
  );
  return JSON.parse(stdout);
}
