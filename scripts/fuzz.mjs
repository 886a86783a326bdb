// npm run fuzz: what people and sources may send, for much longer than npm test does. `npm run fuzz -- 30 7` goes on for
// thirty minutes from seed 7; the last line but jest's own holds the figures.
import { join } from 'node:path';
import { root, spawnForeground } from './lib/shell.mjs';

const [minutes = '30', seed = String(Date.now() % 1_000_000)] =
  process.argv.slice(2);
// Half of the time for the routes; parsers and queries make so many attempts in the other half, on a machine of two cores.
const attempts = share => String(Math.round(Number(minutes) * share));
process.stdout.write(`${minutes} minutes of seed ${seed}\n`);
process.exitCode = await spawnForeground(
  join(root, 'node_modules', '.bin', 'backstage-cli'),
  [
    'repo',
    'test',
    '--watchAll=false',
    '--maxWorkers=1',
    'prometheus/series/parseSliQuery.property',
    'ai-mesh-backend/src/parsers.fuzz',
    'plugin.attack',
    'plugin.fuzz',
  ],
  {
    env: {
      ...process.env,
      AI_MESH_FUZZ_QUERIES: attempts(25_000),
      AI_MESH_FUZZ_PARSES: attempts(1000),
      AI_MESH_FUZZ_SECONDS: attempts(30),
      AI_MESH_FUZZ_SEED: seed,
    },
  },
);
