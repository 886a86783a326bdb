import { parseArgs } from 'node:util';
import { worlds } from './worlds.mjs';

export const usage = `npm start [-- options]

  --port <n>             the portal's port (or AI_MESH_PORT; default 7007, another if it is taken)
  --sandbox-port <n>     the simulated mesh's port (or AI_MESH_SANDBOX_PORT; default 7070)
  --prometheus-port <n>  Prometheus' port (or AI_MESH_PROMETHEUS_PORT; default 7090)
  --world <name>         the simulated mesh: shop (sidecars, the default), ambient, or two-clusters
  --services <n>         instead of its services, so many generated ones
  --one-prometheus       with two-clusters: one Prometheus for both instead of one each

Your own mesh instead of the simulated one:
  --kubeconfig <file>    which cluster, read with the rights of that file's user
  --context <name>       the context in it (default: its current one)
  --prometheus <url>     where Istio's metrics are
  --kiali <url>          Kiali, if you have one (anonymous; for a token write app-config.local.yaml)
  --tracing <url>        Jaeger or Tempo, whichever it is (without credentials)
  --allow-writes         let AI Mesh change the cluster (default: it only reads)`;

/** Reads the command line and the environment. Throws with a message that names the option. */
export function parseStartOptions(args, env) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string', default: env.AI_MESH_PORT ?? '7007' },
      'sandbox-port': {
        type: 'string',
        default: env.AI_MESH_SANDBOX_PORT ?? '7070',
      },
      'prometheus-port': {
        type: 'string',
        default: env.AI_MESH_PROMETHEUS_PORT ?? '7090',
      },
      world: { type: 'string', default: env.AI_MESH_WORLD },
      services: { type: 'string' },
      'one-prometheus': { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      prometheus: { type: 'string' },
      kiali: { type: 'string' },
      tracing: { type: 'string' },
      'allow-writes': { type: 'boolean', default: false },
    },
  });
  const urls = ['prometheus', 'kiali', 'tracing'];
  for (const name of ['context', ...urls, 'allow-writes']) {
    if (values[name] && !values.kubeconfig) {
      throw new Error(
        `--${name} needs --kubeconfig, which says whose mesh it is`,
      );
    }
  }
  const simulated = ['world', 'services', 'one-prometheus'];
  const stray = values.kubeconfig && simulated.find(name => values[name]);
  if (stray) {
    throw new Error(
      `--${stray} is about the simulated mesh, and --kubeconfig asks for your own`,
    );
  }
  if (values.world && !worlds[values.world]) {
    throw new Error(
      `--world wants one of ${Object.keys(worlds).join(', ')}, not ${values.world}`,
    );
  }
  if (values['one-prometheus'] && values.world !== 'two-clusters') {
    throw new Error('--one-prometheus needs --world two-clusters');
  }
  if (values.services !== undefined && !/^[1-9]\d*$/.test(values.services)) {
    throw new Error(
      `--services wants a number above 0, not ${values.services}`,
    );
  }
  for (const name of urls) {
    if (values[name] && !URL.canParse(values[name])) {
      throw new Error(
        `--${name} wants a URL such as http://localhost:9090, not ${values[name]}`,
      );
    }
  }
  return {
    help: values.help,
    port: portOf('port', values.port),
    sandboxPort: portOf('sandbox-port', values['sandbox-port']),
    prometheusPort: portOf('prometheus-port', values['prometheus-port']),
    world: values.world,
    services: values.services && Number(values.services),
    onePrometheus: values['one-prometheus'],
    kubeconfig: values.kubeconfig,
    context: values.context,
    prometheus: values.prometheus,
    kiali: values.kiali,
    tracing: values.tracing,
    allowWrites: values['allow-writes'],
  };
}

function portOf(name, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--${name} wants a port from 0 to 65535, not ${text}`);
  }
  return port;
}
