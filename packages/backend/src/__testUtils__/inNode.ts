import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The repository's root. */
export const root = join(__dirname, '../../../..');

/** What an expression over the exports of one of the repository's scripts (ES modules) gives, as JSON. */
export function inNode<T>(script: string, expression: string): T {
  const printed = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import * as script from './scripts/lib/${script}.mjs'; process.stdout.write(JSON.stringify(${expression}));`,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return JSON.parse(printed);
}
