// npm run bench [-- name options]: measures, prints a table and JSON. Without a name: the read path.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './lib/shell.mjs';

const folder = join(root, 'scripts', 'bench');
const [first, ...rest] = process.argv.slice(2);
const named = first && !first.startsWith('-');
const name = named ? first : 'read-path';
const script = join(folder, `${name}.mjs`);
if (!existsSync(script)) {
  const known = readdirSync(folder)
    .filter(file => file.endsWith('.mjs'))
    .map(file => file.replace('.mjs', ''));
  say(`no benchmark ${name}; there are ${known.join(', ')}`);
  process.exit(2);
}
const { benchmark } = await import(script);
await benchmark(named ? rest : process.argv.slice(2));
