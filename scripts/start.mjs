// npm start: the demo portal on a simulated mesh, or (with --kubeconfig) on the reader's own, read-only.
import { join, resolve } from 'node:path';
import { ensureApp } from './lib/app.mjs';
import { Children } from './lib/children.mjs';
import { parseStartOptions, usage } from './lib/startOptions.mjs';
import { portalConfig } from './lib/portalConfig.mjs';
import { startPortal } from './lib/portal.mjs';
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
  const run = freshRunFolder();
  await ensureApp();
  const cluster = options.kubeconfig
    ? ownCluster(options)
    : await startSandboxMesh(children, run, options);
  const port = await freePort(options.port);
  if (port !== options.port) {
    say(
      `port ${options.port} is taken, so the portal uses ${port}; set another with --port or AI_MESH_PORT`,
    );
  }
  const config = writeRunFile(
    run,
    'app-config.yaml',
    portalConfig({ port, cluster }),
  );
  const url = await startPortal(children, run, { port, configs: [config] });
  announce(url, cluster);
} catch (error) {
  if (!children.stopping) {
    say(error.message);
  }
  await children.stop(1);
}
process.exit(await children.ended);

/** The reader's own mesh, in the shape of `aiMesh.clusters[]`. */
function ownCluster({ kubeconfig, context, prometheus, kiali, allowWrites }) {
  return {
    name: context ?? 'own',
    kubernetes: { kubeconfig: { path: resolve(kubeconfig), context } },
    prometheus: prometheus && { url: prometheus },
    kiali: kiali && { url: kiali },
    allowWrites,
  };
}

function announce(url, cluster) {
  const lines = [
    '',
    `  AI Mesh is at ${url}/catalog/default/component/ai-chat-service/ai-mesh`,
    '',
  ];
  if (options.kubeconfig) {
    lines.push(
      `  It shows the mesh of the context ${cluster.name}${options.allowWrites ? '' : ', read-only'}.`,
      '  Annotate an entity of the catalog with ai-mesh.io/service: <namespace>/<service> to see it there.',
    );
  } else {
    lines.push(
      '  Play a scene, from another terminal in this folder:',
      ...cluster.scenes.map(
        ({ name, description }) =>
          `    npm run scene ${name.padEnd(28)} ${description}`,
      ),
      `  or on ${cluster.control}/`,
      '',
      '  Look at, and edit, the simulated mesh with kubectl:',
      `    kubectl --kubeconfig ${join('.run', 'kubeconfig')} -n ai-services get virtualservices`,
    );
  }
  lines.push('', '  Ctrl-C stops everything.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}
