import { isAbsolute } from 'node:path';
import { asInstalled } from './asInstalled.mjs';

/**
 * The configuration that is laid over app-config.yaml: where the portal listens, its clusters, how far back
 * security looks, how canaries go, how often facts are computed, a catalog file instead of the demo's, the Git host, and the
 * way to the sandbox's scenes. A portal that is `measured` does in the background what an installed one does, and not as often as
 * the demo. JSON is YAML, so nothing needs quoting by hand.
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
  measured = false,
}) {
  const { facts: usualFacts, ...usual } = measured ? asInstalled() : {};
  const baseUrl = `http://localhost:${port}`;
  const listening = { baseUrl, listen: { port, host: '127.0.0.1' } };
  return JSON.stringify(
    {
      ...usual,
      app: { baseUrl },
      backend: listening,
      aiMesh: {
        clusters,
        ...(security && { security }),
        ...(canary && { canary }),
        facts: facts ?? usualFacts,
        ...(git && {
          // So that a merge shows while somebody watches; a minute is enough for a portal.
          fixes: {
            template: 'template:default/mend-findings',
            fleetTemplate: 'template:default/mend-everywhere',
            changeTemplate: 'template:default/keep-in-git',
            period: '3s',
          },
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
      catalog: catalogConfig({ catalog, git }),
    },
    null,
    2,
  );
}

/** A catalog file instead of the demo's; or of the demo's those from Git that are kept there, read anew while somebody watches. */
function catalogConfig({ catalog, git }) {
  const files = names =>
    names.map(target => ({ type: 'file', target: `./demo/${target}.yaml` }));
  if (catalog) {
    return {
      locations: [...files(['people']), { type: 'file', target: catalog }],
    };
  }
  const inGit = git?.moreSources[0];
  return inGit
    ? {
        processingInterval: { seconds: 10 },
        locations: [
          ...files(['people', 'services', 'models', 'templates']),
          {
            type: 'url',
            target: `${inGit.replace('/tree/', '/blob/')}/local-model-service.yaml`,
          },
        ],
      }
    : undefined;
}
