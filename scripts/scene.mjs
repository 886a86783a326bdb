// npm run scene <name>: plays a scene in the running demo; without a name, lists them.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root, say } from './lib/shell.mjs';

const file = resolve(
  root,
  process.env.AI_MESH_RUN_FOLDER ?? '.run',
  'demo.json',
);
if (!existsSync(file)) {
  say('no demo is running here; start one with npm start');
  process.exit(1);
}
const { control } = JSON.parse(readFileSync(file, 'utf8'));
const [name] = process.argv.slice(2);
const response = await fetch(name ? `${control}/scene` : control, {
  ...(name && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  }),
}).catch(error => {
  say(
    `the demo does not answer (${error.cause?.code ?? error.message}); is npm start still running?`,
  );
  process.exit(1);
});
const answer = await response.json();
if (!response.ok) {
  say(answer.message ?? answer.error ?? `HTTP ${response.status}`);
  process.exit(1);
}
if (name) {
  process.stdout.write(`playing ${name}\n`);
} else {
  for (const scene of answer.scenes) {
    process.stdout.write(`${scene.name.padEnd(28)} ${scene.description}\n`);
  }
}
