// Runs one of the project's commands on whatever Node a machine has: finds or fetches a Node that Backstage supports,
// installs the dependencies when the lockfile asks for it, and hands over. Uses nothing but Node 18's own modules.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, say, spawnForeground } from './lib/shell.mjs';
import { ensureNode, nodeEnvironment } from './lib/node.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';

const [command, ...args] = process.argv.slice(2);
const script = join(root, 'scripts', `${command}.mjs`);
if (!command || !existsSync(script)) {
  say(`unknown command ${command ?? ''}: use npm start, npm test or npm run`);
  process.exit(2);
}

try {
  const node = await ensureNode();
  const env = nodeEnvironment(node);
  await ensureDependencies(node, env);
  process.exit(await spawnForeground(node, [script, ...args], { env }));
} catch (error) {
  say(error.message);
  process.exit(1);
}
