import { stringify } from 'yaml';

/** A cluster's API server under the name that its context shall have. */
export interface NamedServer {
  name: string;
  /** The root of the Kubernetes API: `http://127.0.0.1:8001`. */
  url: string;
}

/**
 * A kubeconfig, as YAML, with a context for each cluster of a sandbox; the first is the current one.
 *
 * The token stands in it twice: client libraries send it as a header, and kubectl, which keeps credentials back
 * from servers without TLS, has it in the server's path.
 *
 * @param servers - a URL alone gets the context `mesh-sandbox`
 */
export function kubeconfig(
  servers: string | readonly NamedServer[],
  token: string,
): string {
  const user = 'mesh-sandbox';
  const named =
    typeof servers === 'string'
      ? [{ name: 'mesh-sandbox', url: servers }]
      : servers;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': named[0].name,
    clusters: named.map(({ name, url }) => ({
      name,
      cluster: {
        server: `${url.replace(/\/$/, '')}/tokens/${encodeURIComponent(token)}`,
        // There is no TLS to verify; without this, some clients refuse plain HTTP.
        'insecure-skip-tls-verify': true,
      },
    })),
    users: [{ name: user, user: { token } }],
    contexts: named.map(({ name }) => ({
      name,
      context: { cluster: name, user },
    })),
  });
}
