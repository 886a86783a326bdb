// npm run fuzz: what an entity's owner may write, in many more attempts than npm test makes. `npm run fuzz -- 2000000 7` makes two
// million of seed 7.
import { join } from 'node:path';
import { root, spawnForeground } from './lib/shell.mjs';

const [attempts = '1000000', seed = String(Date.now() % 1_000_000)] =
  process.argv.slice(2);
process.stdout.write(`${attempts} queries of seed ${seed}\n`);
process.exitCode = await spawnForeground(
  join(root, 'node_modules', '.bin', 'backstage-cli'),
  [
    'repo',
    'test',
    '--watchAll=false',
    '--maxWorkers=1',
    'slo/objectives/parseSliQuery.property',
    'plugin.attack',
  ],
  {
    env: {
      ...process.env,
      AI_MESH_FUZZ_QUERIES: attempts,
      AI_MESH_FUZZ_SEED: seed,
    },
  },
);
