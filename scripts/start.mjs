// npm start: the demo portal on a simulated mesh, or (with --kubeconfig) on the reader's own, read-only.
import { join, relative } from 'node:path';
import { ensureApp } from './lib/app.mjs';
import { Children } from './lib/children.mjs';
import { parseStartOptions, usage } from './lib/startOptions.mjs';
import { portalConfig } from './lib/portalConfig.mjs';
import { startPortal } from './lib/portal.mjs';
import { ownMesh } from './lib/ownMesh.mjs';
import { startSandboxMesh } from './lib/sandboxMesh.mjs';
import { freshRunFolder, writeRunFile } from './lib/runFolder.mjs';
import { freePort } from './lib/ports.mjs';
import { say } from './lib/shell.mjs';

let options;
try {
  options = parseStartOptions(process.argv.slice(2), process.env);
} catch (error) {
  say(`${error.message}\n\n${usage}`);
  process.exit(2);
}
if (options.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

const children = new Children();
try {
  // Of its own for one's own mesh, so that it can run beside the demo.
  const run = freshRunFolder(options.kubeconfig ? '.run-own' : '.run');
  const metricsPort = await freePort(0);
  const mesh = options.kubeconfig
    ? await ownMesh(run, options)
    : await startSandboxMesh(children, run, { ...options, metricsPort });
  // After the mesh, so that what is missing is said at once, and traffic flows while the frontend is built.
  await ensureApp();
  const port = await freePort(options.port);
  if (options.port !== 0 && port !== options.port) {
    say(
      `port ${options.port} is taken, so the portal uses ${port}; set another with --port or AI_MESH_PORT`,
    );
  }
  const config = writeRunFile(
    run,
    'app-config.yaml',
    portalConfig({ port, ...mesh }),
  );
  const url = await startPortal(children, run, {
    port,
    configs: [config],
    env: { ...process.env, AI_MESH_METRICS_PORT: String(metricsPort) },
  });
  process.stdout.write(
    mesh.demo ? demoWelcome(url, mesh.demo, run) : ownMeshWelcome(url),
  );
} catch (error) {
  if (!children.stopping) {
    say(error.message);
  }
  await children.stop(1);
}
process.exit(await children.ended);

function demoWelcome(url, { scenes, control }, run) {
  return `
  AI Mesh is at ${url}/catalog/default/component/ai-chat-service/ai-mesh

  Play a scene, from another terminal in this folder:
${scenes.map(({ name, description }) => `    npm run scene ${name.padEnd(28)} ${description}`).join('\n')}
  or on ${control}/

  Look at the simulated mesh, and edit it, with kubectl:
    kubectl --kubeconfig ${relative('', join(run, 'kubeconfig'))} -n ai-services get virtualservices

  Ctrl-C stops everything.
`;
}

function ownMeshWelcome(url) {
  return `
  AI Mesh is at ${url}, with an entity for each Service of ${options.context ?? 'the current context'}
  ${options.allowWrites ? 'It may change the cluster, with the rights of that kubeconfig.' : 'It only reads; --allow-writes lets it change the cluster.'}
  ${options.prometheus ? `Metrics come from ${options.prometheus}.` : 'Without --prometheus there are no rates, errors or latencies.'}

  Ctrl-C stops everything.
`;
}
