import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './shell.mjs';
import { quantile, table } from './statistics.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');
const script = join(plugin, 'src/__testUtils__/profile/profileProcess.ts');

/**
 * Where the time of the topology and of the overview goes in the backend, in a process of its own, with nothing kept and on a
 * warm table: timings of each round, by the view.
 *
 * @param asked - the `cluster`, as it is configured, and the `service` (`namespace/name`)
 */
export async function stagesOfViews(asked, rounds) {
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

/** The medians of {@link stagesOfViews}. */
export function stagesTable(results) {
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
