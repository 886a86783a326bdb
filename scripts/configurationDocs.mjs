// Writes docs/configuration.md from the settings' schema (plugins/ai-mesh-backend/config.d.ts). With --check: fails where it
// is not what would be written.
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { configurationDocs } from './lib/configurationDocs.mjs';
import { root, say } from './lib/shell.mjs';

const backend = '@ai-mesh/plugin-ai-mesh-backend';
const file = join(root, 'docs', 'configuration.md');

const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-settings-'));
// Into a file: the command ends before a pipe has taken all of it.
const printed = openSync(join(folder, 'schema.json'), 'w+');
spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
    'config:schema',
    '--package',
    backend,
    '--format',
    'json',
  ],
  { cwd: root, stdio: ['ignore', printed, 'inherit'] },
);
const answer = readFileSync(join(folder, 'schema.json'), 'utf8');
rmSync(folder, { recursive: true });
const schema = JSON.parse(
  answer.slice(answer.indexOf('{')) || '{"schemas":[]}',
).schemas.find(({ packageName }) => packageName === backend)?.value;
if (!schema) {
  say('backstage-cli config:schema does not know the settings');
  process.exit(1);
}
const text = await format(configurationDocs(schema.properties.aiMesh), {
  parser: 'markdown',
});
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  say(
    'docs/configuration.md is not what the schema says: run node scripts/configurationDocs.mjs',
  );
  process.exit(1);
}
