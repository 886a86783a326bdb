import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, say } from './shell.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const plugin = join(root, 'plugins/ai-mesh-backend');
const script = join(plugin, 'src/canary/__testUtils__/decisionsProcess.ts');

/**
 * Simulated promotions by the real machine and judge, and beside them by a judge with a fixed threshold on the requests of
 * an interval, in the form that Flagger ships.
 *
 * @param rows - names of rows; all where there are none
 */
export async function measureDecisions({ runs, rows }) {
  say(`${runs} promotions a row; a row takes up to some minutes`);
  const workers = Array.from({ length: availableParallelism() }, (_, index) =>
    simulate({ runs, rows, part: index, parts: availableParallelism() }),
  );
  return (await Promise.all(workers))
    .flat()
    .sort((a, b) => a.order - b.order)
    .map(({ order, ...result }) => result);
}

/** One process's share of the rows. */
async function simulate(options) {
  const child = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      script,
      JSON.stringify(options),
    ],
    { cwd: plugin, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    printed += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error('the simulation of promotions failed');
  }
  return printed
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));
}
