import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { output, root, run } from './shell.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');
const testUtils = join(plugin, 'src/canary/__testUtils__');
const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

/** Writes a world of so many services that a canary can run on. Gives its folder. */
export function writeCanaryWorld(services, requestsPerSecond) {
  const folder = output(
    process.execPath,
    [
      ...transform,
      '-e',
      `require(${JSON.stringify(join(testUtils, 'canaryWorld.ts'))})
        .canaryWorld(${services}, ${requestsPerSecond})
        .then(folder => console.log(folder))`,
    ],
    { cwd: plugin },
  );
  if (!folder) {
    throw new Error('the world for the canaries could not be written');
  }
  return folder;
}

const engineProcess = options => [
  ...transform,
  join(testUtils, 'engineProcess.ts'),
  JSON.stringify(options),
];

/** Makes the tables and so many approved canaries. */
export async function seedCanaries(options) {
  await run(process.execPath, engineProcess(options), { cwd: plugin });
}

/** A process with a canary engine and its real adapters, and without a portal around them. */
export class CanaryReplica {
  #reports = [];

  static async start(children, name, options, log) {
    const replica = new CanaryReplica();
    const child = children.start(
      name,
      process.execPath,
      engineProcess(options),
      { log, cwd: plugin, heard: true },
    );
    await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', line => {
        const said = JSON.parse(line);
        if (said.ready) {
          resolve();
        } else {
          replica.#reports.push(said);
        }
      });
      child.once('close', () =>
        reject(new Error(`${name} did not start; see ${log}`)),
      );
    });
    return replica;
  }

  /** What it has reported since this was asked last. */
  take() {
    return this.#reports.splice(0);
  }
}
