import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, say } from './shell.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');
const script = join(plugin, 'src/canary/__testUtils__/decisionsProcess.ts');

/**
 * Simulated promotions by the real machine and judge, and beside them by a judge with a fixed threshold on the requests of
 * an interval, in the form that Flagger ships.
 *
 * @param rows - names of rows, with or without their traffic and judge, in the order to run them; all where there are none
 * @param record - a file that gets each row as soon as it is done; those that it holds already are not run again
 */
export async function measureDecisions({ runs, rows, record }) {
  const done = await recorded(record, runs);
  say(`${runs} promotions a row; a row takes up to some minutes`);
  const queue = new Queue(rows, done);
  await Promise.all(
    Array.from({ length: availableParallelism() }, () =>
      simulate(queue, runs, async result => {
        done.push(result);
        say(
          `${result.name} at ${result.requestsPerSecond}/s, ${result.judge} judge`,
        );
        if (record) {
          await appendFile(record, `${JSON.stringify(result)}\n`);
        }
      }),
    ),
  );
  return done
    .filter(row => rankOf(row, rows) >= 0)
    .sort((a, b) => a.order - b.order)
    .map(({ order, ...result }) => result);
}

/** What is left to run, for whichever process is free. */
class Queue {
  #wanted;
  #done;
  #left;

  constructor(wanted, done) {
    this.#wanted = wanted;
    this.#done = new Set(done.map(({ order }) => order));
  }

  /** @param all - every row that there is */
  next(all) {
    this.#left ??= all
      .map((row, order) => ({ order, rank: rankOf(row, this.#wanted) }))
      .filter(({ order, rank }) => rank >= 0 && !this.#done.has(order))
      .sort((a, b) => a.rank - b.rank || a.order - b.order);
    return this.#left.shift();
  }
}

/**
 * The how many-th of those that are wanted it is: by its name, with its traffic as in `2/2@20`, or with its judge as in
 * `2/2@20@own`; -1 where it is none.
 */
function rankOf({ name, requestsPerSecond, judge }, wanted) {
  const at = `${name}@${requestsPerSecond}`;
  return wanted.length === 0
    ? 0
    : wanted.findIndex(each => [name, at, `${at}@${judge}`].includes(each));
}

/** One process, which runs a row after the other. */
async function simulate(queue, runs, tell) {
  const child = spawn(
    process.execPath,
    ['--require', '@backstage/cli/config/nodeTransform.cjs', script],
    { cwd: plugin, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  let all;
  for await (const line of createInterface({ input: child.stdout })) {
    const printed = JSON.parse(line);
    if (all) {
      await tell(printed);
    } else {
      all = printed;
    }
    const row = queue.next(all);
    if (row) {
      child.stdin.write(`${JSON.stringify({ order: row.order, runs })}\n`);
    } else {
      child.stdin.end();
    }
  }
  const [code] = await closed;
  if (code !== 0) {
    throw new Error('the simulation of promotions failed');
  }
}

async function recorded(record, runs) {
  try {
    const lines = (await readFile(record, 'utf8')).split('\n').filter(Boolean);
    return lines.map(line => JSON.parse(line)).filter(row => row.runs === runs);
  } catch (error) {
    if (!record || error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
