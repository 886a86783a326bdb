import {
  GitHostAddresses,
  MeshSandboxOptions,
  RunningCluster,
  startMeshSandbox,
} from '../server';

/** Runs a sandbox until SIGINT or SIGTERM. Its first line on stdout is JSON and says where everything is. */
export async function serve(options: MeshSandboxOptions): Promise<void> {
  const sandbox = await startMeshSandbox(options);
  const { tokens } = sandbox;
  process.stdout.write(
    `${JSON.stringify({
      ready: true,
      ...addressesOf(sandbox),
      tokens,
      git: sandbox.git && gitAddresses(sandbox.git),
      clusters: sandbox.clusters.map(addressesOf),
    })}\n`,
  );
  for (const { name, url } of sandbox.clusters) {
    process.stderr.write(`mesh-sandbox listens on ${url} (cluster ${name})\n`);
  }
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      await sandbox.stop();
    }
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function addressesOf({
  name,
  url,
  kubernetes,
  metrics,
  kiali,
  jaeger,
  tempo,
  control,
  prometheus,
}: RunningCluster) {
  return {
    name,
    url,
    kubernetes,
    metrics,
    kiali,
    jaeger,
    tempo,
    control,
    prometheus,
  };
}

function gitAddresses({
  url,
  host,
  apiBaseUrl,
  repository,
  source,
  moreSources,
  tokens,
}: GitHostAddresses) {
  return { url, host, apiBaseUrl, repository, source, moreSources, tokens };
}
