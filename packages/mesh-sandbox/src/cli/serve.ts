import { MeshSandboxOptions, startMeshSandbox } from '../server';

/** Runs a sandbox until SIGINT or SIGTERM. Its first line on stdout is JSON and says where everything is. */
export async function serve(options: MeshSandboxOptions): Promise<void> {
  const sandbox = await startMeshSandbox(options);
  const {
    url,
    kubernetes,
    metrics,
    kiali,
    jaeger,
    control,
    prometheus,
    tokens,
  } = sandbox;
  process.stdout.write(
    `${JSON.stringify({
      ready: true,
      url,
      kubernetes,
      metrics,
      kiali,
      jaeger,
      control,
      prometheus,
      tokens,
    })}\n`,
  );
  process.stderr.write(`mesh-sandbox listens on ${url}\n`);
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
