import { isAbsolute } from 'node:path';

/**
 * The configuration that is laid over app-config.yaml: where the portal listens, its clusters, how far back
 * security looks, how canaries go, how often facts are computed, a catalog file instead of the demo's, the Git host, and the
 * way to the sandbox's scenes. JSON is YAML, so nothing needs quoting by hand.
 */
export function portalConfig({
  port,
  cluster,
  clusters = [cluster],
  catalog,
  security,
  canary,
  facts,
  git,
  demo,
}) {
  const baseUrl = `http://localhost:${port}`;
  const listening = { baseUrl, listen: { port, host: '127.0.0.1' } };
  return JSON.stringify(
    {
      app: { baseUrl },
      backend: listening,
      aiMesh: {
        clusters,
        ...(security && { security }),
        ...(canary && { canary }),
        ...(facts && { facts }),
        ...(git && {
          // So that a merge shows while somebody watches; a minute is enough for a portal.
          fixes: { template: 'template:default/mend-findings', period: '3s' },
        }),
        // What this run wrote itself is trusted; the demo's own catalogs are proven by their worlds.
        ...(catalog &&
          isAbsolute(catalog) && {
            ownership: { trustedLocations: [`file:${catalog}`] },
          }),
      },
      ...(git && {
        integrations: {
          github: [
            {
              host: git.host,
              apiBaseUrl: git.apiBaseUrl,
              token: git.tokens.writer,
            },
          ],
        },
        backend: {
          ...listening,
          // What a template fetches from.
          reading: { allow: [{ host: git.host }] },
        },
      }),
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
