import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { isBundleInBase64 } from './serverParts';
import type { KubernetesSettings, TlsSettings } from './settings';

const LOCATORS = 'kubernetes.clusterLocatorMethods';

/** The only cluster of the Kubernetes plugin's locator for `kubectl proxy`, as that plugin knows it. */
const PROXY = { name: 'local', url: 'http://localhost:8001' };

/**
 * Takes a cluster over from the configuration of Backstage's Kubernetes plugin.
 *
 * @param key - who asks, for messages: `aiMesh.clusters[0].kubernetes`
 * @throws InputError where there is no such cluster, it needs a user's own credentials, or its `caData` holds no certificates
 */
export function kubernetesPluginCluster(
  rootConfig: Config,
  name: string,
  key: string,
): KubernetesSettings {
  const locators = rootConfig.getOptionalConfigArray(LOCATORS) ?? [];
  const types = locators.map(locator => locator.getOptionalString('type'));
  if (types.includes('localKubectlProxy') && name === PROXY.name) {
    return { from: 'url', url: PROXY.url, tls: { skipVerify: false } };
  }
  const clusters = locators
    .filter((_, index) => types[index] === 'config')
    .flatMap(locator => locator.getOptionalConfigArray('clusters') ?? []);
  const cluster = clusters.find(
    candidate => candidate.getOptionalString('name') === name,
  );
  if (!cluster) {
    throw new InputError(
      `${key}.fromKubernetesPlugin: ${notFound(name, clusters, types)} Otherwise ${ownAccess(key)}.`,
    );
  }
  const authProvider =
    cluster.getOptionalString('authProvider') ??
    // Its key has dots of its own, which a path to it could not tell apart.
    cluster.getOptional<Record<string, string>>('authMetadata')?.[
      'kubernetes.io/auth-provider'
    ];
  if (authProvider === 'localKubectlProxy') {
    // The proxy signs in by itself.
    return { from: 'url', url: urlOf(cluster), tls: tlsOf(cluster, name, key) };
  }
  if (authProvider === undefined) {
    throw new InputError(
      `${key}.fromKubernetesPlugin: the cluster '${name}' of the Kubernetes plugin has no authProvider. Set it to serviceAccount there; otherwise ${ownAccess(key)}.`,
    );
  }
  if (authProvider !== 'serviceAccount') {
    throw new InputError(
      `${key}.fromKubernetesPlugin: the cluster '${name}' of the Kubernetes plugin signs in by '${authProvider}', ` +
        `which AI Mesh cannot do: it watches clusters also while nobody is signed in. For that cluster ${ownAccess(key)}.`,
    );
  }
  const serviceAccountToken = cluster.getOptionalString('serviceAccountToken');
  if (serviceAccountToken === undefined) {
    // The Kubernetes plugin then uses its pod's service account, which is good for the cluster it runs in only.
    return { from: 'in-cluster', ofPlugin: name };
  }
  return {
    from: 'url',
    url: urlOf(cluster),
    serviceAccountToken,
    tls: tlsOf(cluster, name, key),
  };
}

/** Why there is no such cluster: it is found while the portal runs, or has another name. */
function notFound(
  name: string,
  clusters: readonly Config[],
  types: readonly (string | undefined)[],
): string {
  const names = clusters.map(one => one.getOptionalString('name'));
  if (types.includes('localKubectlProxy')) {
    names.push(PROXY.name);
  }
  const others = types.filter(
    type => type !== 'config' && type !== 'localKubectlProxy',
  );
  const has = `${LOCATORS} has no cluster '${name}' that AI Mesh can take over`;
  const found =
    others.length > 0
      ? ` Locators of the type '${others.join("', '")}' find their clusters while the portal runs, and AI Mesh takes clusters over from those of the types 'config' and 'localKubectlProxy' only.`
      : '';
  return names.length > 0
    ? `${has}; it has ${names.join(', ')}.${found} Use the same name in both places.`
    : `${has}.${found}`;
}

/** What to do instead, at the end of a sentence. */
function ownAccess(key: string): string {
  return `set ${key}.url and ${key}.serviceAccountToken to a service account of AI Mesh's own, or ${key}.kubeconfig.path to a kubeconfig, whose user may sign in by a command`;
}

function urlOf(cluster: Config): string {
  return cluster.getString('url').replace(/\/+$/, '');
}

function tlsOf(cluster: Config, name: string, key: string): TlsSettings {
  const caData = cluster.getOptionalString('caData');
  const skipVerify = cluster.getOptionalBoolean('skipTLSVerify') ?? false;
  if (caData !== undefined && !skipVerify && !isBundleInBase64(caData)) {
    throw new InputError(
      `${key}.fromKubernetesPlugin: the caData of the cluster '${name}' of the Kubernetes plugin must be a PEM certificate in base64 (base64 -w0 ca.crt); set it so there, or leave it out and name the file as caFile.`,
    );
  }
  return { caData, caFile: cluster.getOptionalString('caFile'), skipVerify };
}
