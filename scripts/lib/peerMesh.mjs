import { ownMesh } from './ownMesh.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';

/** What says together whose mesh it is. */
const GIVEN = ['KIALI_URL', 'PROMETHEUS_URL', 'KUBECONFIG'];

/**
 * Whether a mesh of one's own is given. Throws where only a part of it is.
 *
 * @param env - the environment
 */
export function isOwnMesh(env) {
  const given = GIVEN.filter(name => env[name]);
  if (given.length > 0 && given.length < GIVEN.length) {
    const missing = GIVEN.filter(name => !env[name]);
    throw new Error(
      `${given.join(', ')} without ${missing.join(', ')}: a mesh of your own needs all three, the sandbox none`,
    );
  }
  return given.length > 0;
}

/**
 * The mesh that both are asked about: the cluster in the shape of `aiMesh.clusters[]`, whose Prometheus it is, and the
 * catalog; the sandbox's with a stand-in for Kiali, where none is given.
 */
export async function startPeerMesh(children, run, env) {
  if (isOwnMesh(env)) {
    const mesh = await ownMesh(run, {
      kubeconfig: env.KUBECONFIG,
      prometheus: env.PROMETHEUS_URL,
      kiali: env.KIALI_URL,
    });
    return { ...mesh, prometheusUrl: env.PROMETHEUS_URL, own: true };
  }
  const mesh = await startSandboxMesh(children, run, {
    sandboxPort: 0,
    prometheusPort: 0,
    scrapeSeconds: 15,
  });
  // Not through the sandbox, whose own work every question would have to wait for.
  const prometheus = { url: mesh.prometheusUrl };
  return { ...mesh, cluster: { ...mesh.cluster, prometheus } };
}
