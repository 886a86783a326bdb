// yarn bench profile: where the time of a view goes in the backend, stage by stage, with nothing kept and on a warm table.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Children } from '../lib/children.mjs';
import { freshRunFolder } from '../lib/runFolder.mjs';
import { startSandboxMesh } from '../lib/sandboxMesh.mjs';
import { say } from '../lib/shell.mjs';
import { stagesOfViews, stagesTable } from '../lib/viewStages.mjs';

/** Rates over 5 min need some of it. */
const TRAFFIC_SECONDS = 60;

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '30' },
      service: { type: 'string', default: 'ai-services/ai-chat-service' },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds wants a number above 0, not ${values.rounds}`);
  }
  const children = new Children();
  try {
    const mesh = await startSandboxMesh(
      children,
      freshRunFolder('.run-profile'),
      { sandboxPort: 0, prometheusPort: 0, scrapeSeconds: 15 },
    );
    const { name, kubernetes } = mesh.cluster;
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const results = await stagesOfViews(
      {
        cluster: { name, kubernetes, prometheus: { url: mesh.prometheusUrl } },
        service: values.service,
      },
      rounds,
    );
    process.stdout.write(`${stagesTable(results)}\n`);
  } finally {
    await children.stop(0);
  }
}
