// yarn bench outages [--part model|sandbox] [--seeds N] [--kind 'slow leaf']…: how often the start of a simulated outage is found, and how often what is called likely is right.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { root } from '../lib/shell.mjs';
import { table } from '../lib/statistics.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');
const cascades = join(plugin, 'src/topology/__testUtils__/cascades');

/** How soon somebody looks who is called at once: two scrapes later. */
const SOON_SECONDS = 30;

/** So many seeds of the kinds that the sandbox plays are more than sixty cascades. */
const SANDBOX_SEEDS = 6;

/**
 * `--part model`, unless said otherwise: cascades of a model of a mesh, thousands in seconds. `--part sandbox`: those of the
 * sandbox's own traffic, as a Prometheus has scraped it and the topology of the chat service shows it, some minutes each
 * seed, or of some `--kind` alone.
 */
export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string' },
      part: { type: 'string', default: 'model' },
      kind: { type: 'string', multiple: true, default: [] },
    },
  });
  const part = { model, sandbox }[values.part];
  if (!part) {
    throw new Error(
      `--part wants model or sandbox, not ${JSON.stringify(values.part)}`,
    );
  }
  const seeds = values.seeds === undefined ? part.seeds : Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new Error(`--seeds wants a number above 0, not ${values.seeds}`);
  }
  if (values.kind.length > 0 && part !== sandbox) {
    throw new Error(
      '--kind is for --part sandbox: the model plays all in seconds',
    );
  }
  await part.run(seeds, values.kind);
}

const model = { seeds: 200, run: scoreModel };
const sandbox = { seeds: SANDBOX_SEEDS, run: scoreSandbox };

async function scoreModel(seeds) {
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

async function scoreSandbox(seeds, kinds) {
  const scores = [];
  const queue = Array.from({ length: seeds }, (_, at) => at + 1).values();
  const worker = async () => {
    for (const seed of queue) {
      const told = await stdoutOf('scoreSandboxProcess.ts', seed, ...kinds);
      scores.push(
        ...told
          .trim()
          .split('\n')
          .map(line => JSON.parse(line)),
      );
    }
  };
  await Promise.all([worker(), worker()]);
  const of = (some, when, called) => {
    const sum = count =>
      some.reduce((all, score) => all + score[when][called][count], 0);
    return `${sum('right')} of ${sum('named')}`;
  };
  const right = (some, when) => some.filter(one => one[when].isRight).length;
  const row = (name, some) => [
    name,
    some.length,
    right(some, 'settled'),
    of(some, 'settled', 'likely'),
    of(some, 'settled', 'possible'),
    right(some, 'soon'),
    of(some, 'soon', 'likely'),
    right(some, 'soonAfterBad'),
    of(some, 'soonAfterBad', 'likely'),
  ];
  const byKind = Map.groupBy(scores, ({ kind }) => kind);
  process.stdout.write(
    `${table(
      [
        'what happens',
        'cascades',
        'right',
        '“likely” right',
        '“possible” right',
        `right ${SOON_SECONDS} s after it began`,
        '“likely” right then',
        `right ${SOON_SECONDS} s after the first bad scrape`,
        '“likely” right then',
      ],
      [
        ...Array.from(byKind, ([kind, some]) => row(kind, some)),
        row('all', scores),
      ],
    )}\n\n${scores.map(score => JSON.stringify(score)).join('\n')}\n`,
  );
}

async function scoresOf(...numbers) {
  return JSON.parse(await stdoutOf('scoreProcess.ts', ...numbers));
}

/** What a script beside the cascades says. */
async function stdoutOf(script, ...args) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(cascades, script),
      ...args.map(String),
    ],
    { cwd: plugin, maxBuffer: 2 ** 24 },
  );
  return stdout;
}
