import { isAbsolute } from 'node:path';

/**
 * The configuration that is laid over app-config.yaml: where the portal listens, its clusters, how far back
 * security looks, how canaries go, how often facts are computed, a catalog file instead of the demo's, and the way to the sandbox's scenes. JSON is YAML, so nothing needs quoting by
 * hand.
 */
export function portalConfig({
  port,
  cluster,
  clusters = [cluster],
  catalog,
  security,
  canary,
  facts,
  demo,
}) {
  const baseUrl = `http://localhost:${port}`;
  return JSON.stringify(
    {
      app: { baseUrl },
      backend: { baseUrl, listen: { port, host: '127.0.0.1' } },
      aiMesh: {
        clusters,
        ...(security && { security }),
        ...(canary && { canary }),
        ...(facts && { facts }),
        // What this run wrote itself is trusted; the demo's own catalogs are proven by their worlds.
        ...(catalog &&
          isAbsolute(catalog) && {
            ownership: { trustedLocations: [`file:${catalog}`] },
          }),
      },
      ...(demo && {
        proxy: {
          endpoints: {
            '/sandbox': {
              target: demo.control,
              allowedMethods: ['GET', 'POST'],
            },
          },
        },
      }),
      ...(catalog && {
        catalog: {
          locations: [
            { type: 'file', target: './demo/people.yaml' },
            { type: 'file', target: catalog },
          ],
        },
      }),
    },
    null,
    2,
  );
}
