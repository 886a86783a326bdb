/**
 * The configuration that is laid over app-config.yaml: where the portal listens, and its one cluster.
 * JSON is YAML, so nothing needs quoting by hand.
 */
export function portalConfig({ port, cluster, database }) {
  const baseUrl = `http://localhost:${port}`;
  const { name, kubernetes, prometheus, kiali, allowWrites } = cluster;
  return JSON.stringify(
    {
      app: { baseUrl },
      backend: { baseUrl, listen: { port, host: '127.0.0.1' }, database },
      aiMesh: {
        clusters: [{ name, kubernetes, prometheus, kiali, allowWrites }],
      },
    },
    null,
    2,
  );
}
