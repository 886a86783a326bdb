import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { KubernetesSettings } from './settings';

const LOCATORS = 'kubernetes.clusterLocatorMethods';

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
  const clusters = (rootConfig.getOptionalConfigArray(LOCATORS) ?? [])
    .filter(locator => locator.getOptionalString('type') === 'config')
    .flatMap(locator => locator.getOptionalConfigArray('clusters') ?? []);
  const cluster = clusters.find(
    candidate => candidate.getOptionalString('name') === name,
  );
  if (!cluster) {
    const names = clusters.map(candidate =>
      candidate.getOptionalString('name'),
    );
    throw new InputError(
      `${key}.fromKubernetesPlugin: ${LOCATORS} with type 'config' has no cluster '${name}'; it has ${
        names.join(', ') || 'none'
      }. Use the same name in both places, or set ${key}.url.`,
    );
  }
  const authProvider =
    cluster.getOptionalString('authProvider') ??
    // Its key has dots of its own, which a path to it could not tell apart.
    cluster.getOptional<Record<string, string>>('authMetadata')?.[
      'kubernetes.io/auth-provider'
    ];
  if (authProvider !== 'serviceAccount') {
    throw new InputError(
      `${key}.fromKubernetesPlugin: the cluster '${name}' of the Kubernetes plugin signs in by '${authProvider}', ` +
        `which AI Mesh cannot do on its own. Set ${key}.url and ${key}.serviceAccountToken to a service account of its own.`,
    );
  }
  const serviceAccountToken = cluster.getOptionalString('serviceAccountToken');
  if (serviceAccountToken === undefined) {
    // The Kubernetes plugin then uses its pod's service account, which is good for the cluster it runs in only.
    return { from: 'in-cluster' };
  }
  return {
    from: 'url',
    url: cluster.getString('url').replace(/\/+$/, ''),
    serviceAccountToken,
    tls: {
      caData: cluster.getOptionalString('caData'),
      caFile: cluster.getOptionalString('caFile'),
      skipVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
    },
  };
}
