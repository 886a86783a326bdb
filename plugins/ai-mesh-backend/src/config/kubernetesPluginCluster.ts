import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { KubernetesSettings, TlsSettings } from './settings';

const LOCATORS = 'kubernetes.clusterLocatorMethods';

/** The only cluster of the Kubernetes plugin's locator for `kubectl proxy`, as that plugin knows it. */
const PROXY = { name: 'local', url: 'http://localhost:8001' };

/**
 * Takes a cluster over from the configuration of Backstage's Kubernetes plugin.
 *
 * @param key - who asks, for messages: `aiMesh.clusters[0].kubernetes`
 * @throws InputError where there is no such cluster, or it needs a user's own credentials
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
    const names = clusters.map(candidate =>
      candidate.getOptionalString('name'),
    );
    if (types.includes('localKubectlProxy')) {
      names.push(PROXY.name);
    }
    const others = types.filter(
      type => type !== 'config' && type !== 'localKubectlProxy',
    );
    throw new InputError(
      `${key}.fromKubernetesPlugin: ${LOCATORS} has no cluster '${name}' that AI Mesh can take over; it has ${
        names.join(', ') || 'none'
      }. Use the same name in both places, or set ${key}.url and ${key}.serviceAccountToken.${
        others.length > 0
          ? ` Clusters are taken over from locators of the types 'config' and 'localKubectlProxy', and not from '${others.join("', '")}', which find them while the portal runs.`
          : ''
      }`,
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
    return { from: 'url', url: urlOf(cluster), tls: tlsOf(cluster) };
  }
  if (authProvider !== 'serviceAccount') {
    throw new InputError(
      `${key}.fromKubernetesPlugin: the cluster '${name}' of the Kubernetes plugin signs in by '${authProvider}', ` +
        `which AI Mesh cannot do on its own. Set ${key}.url and ${key}.serviceAccountToken to a service account of its own.`,
    );
  }
  const serviceAccountToken = cluster.getOptionalString('serviceAccountToken');
  if (serviceAccountToken === undefined) {
    // The Kubernetes plugin then uses its pod's service account, which is good for the cluster it runs in only.
    return {
      from: 'in-cluster',
      since: `the Kubernetes plugin's cluster '${name}' has no serviceAccountToken, which means the account of the portal's own pod`,
    };
  }
  return {
    from: 'url',
    url: urlOf(cluster),
    serviceAccountToken,
    tls: tlsOf(cluster),
  };
}

function urlOf(cluster: Config): string {
  return cluster.getString('url').replace(/\/+$/, '');
}

function tlsOf(cluster: Config): TlsSettings {
  return {
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}
