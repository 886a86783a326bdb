import { stringify } from 'yaml';

/**
 * A kubeconfig, as YAML, whose only context is the sandbox.
 *
 * The token stands in it twice: client libraries send it as a header, and kubectl, which keeps credentials back
 * from servers without TLS, has it in the server's path.
 *
 * @param url - the root of the Kubernetes API: `http://127.0.0.1:8001`
 */
export function kubeconfig(url: string, token: string): string {
  const name = 'mesh-sandbox';
  const server = `${url.replace(/\/$/, '')}/tokens/${encodeURIComponent(token)}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      // There is no TLS to verify; without this, some clients refuse plain HTTP.
      { name, cluster: { server, 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
