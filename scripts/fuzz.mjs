// npm run fuzz: what people and sources may send, for much longer than npm test does. `npm run fuzz -- 30 7` goes on for
// thirty minutes from seed 7, on whatever machine: the time is what is given, and the attempts are what it allows. Its last
// lines hold the figures.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, say, spawnForeground } from './lib/shell.mjs';

const [minutes = '30', seed = String(Date.now() % 1_000_000)] =
  process.argv.slice(2);
if (!(Number(minutes) > 0) || !/^\d+$/.test(seed)) {
  throw new Error('npm run fuzz -- MINUTES SEED: two numbers, such as 30 7');
}

/** What runs one after the other, and the part of the time at which each ends. */
const parts = [
  ['plugin.attack', 0.05],
  ['clusterAnswers.fuzz', 0.2],
  ['scaffolder-backend-module-ai-mesh/src/fixes/manifests.fuzz', 0.25],
  ['ai-mesh/src/components/Topology/expression', 0.3],
  ['prometheus/series/parseSliQuery.property', 0.4],
  ['ai-mesh-backend/src/parsers.fuzz', 0.6],
  ['ai-mesh-backend/src/plugin.fuzz', 1],
];

const began = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const report = join(folder, 'report.jsonl');
say(
  `${minutes} minutes of seed ${seed}, from ${new Date(began).toISOString()}`,
);

const failed = [];
for (const [file, share] of parts) {
  const code = await spawnForeground(
    join(root, 'node_modules', '.bin', 'backstage-cli'),
    ['repo', 'test', '--watchAll=false', '--maxWorkers=1', file],
    {
      env: {
        ...process.env,
        AI_MESH_FUZZ_UNTIL: String(began + Number(minutes) * 60_000 * share),
        AI_MESH_FUZZ_REPORT: report,
        AI_MESH_FUZZ_SEED: seed,
      },
    },
  );
  if (code !== 0) {
    failed.push(file);
  }
}

const lines = existsSync(report)
  ? readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  : [];
rmSync(folder, { recursive: true });
for (const line of lines) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
const most = key => Math.max(0, ...lines.map(line => line[key] ?? 0));
say(
  `${lines.reduce((sum, { attempts }) => sum + attempts, 0)} attempts in ${Math.round((Date.now() - began) / 60_000)} minutes of seed ${seed}, ` +
    `longest stall ${Math.round(most('longestStallMs'))} ms, largest answer ${most('largestAnswer')} characters`,
);
say(
  failed.length > 0
    ? `found something in ${failed.join(', ')}`
    : 'found nothing',
);
process.exitCode = failed.length > 0 ? 1 : 0;
