import { spawn } from 'child_process';
import { once } from 'events';
import { root } from './__testUtils__/inNode';

/** Two programs one after the other, as the suites of `npm test` are run; the first waits until it is told to stop. */
const TWO_IN_TURN = `
  import { spawnForeground, toldToStop } from './scripts/lib/shell.mjs';
  const node = program => spawnForeground(process.execPath, ['--eval', program]);
  const first = await node('console.log("first"); setTimeout(() => {}, 60_000)');
  const second = await node('console.log("second")');
  console.log(JSON.stringify({ first, second, told: toldToStop() }));
`;

it.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  '%s ends what runs, and nothing begins after it',
  async (signal, code) => {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '--eval', TWO_IN_TURN],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
      printed += chunk;
      if (printed === 'first\n') {
        child.kill(signal);
      }
    });
    await once(child, 'close');
    expect(printed.split('\n').filter(Boolean)).toEqual([
      'first',
      JSON.stringify({ first: code, second: code, told: true }),
    ]);
  },
);
