import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import type { KubernetesSettings } from '../config/settings';
import { SharedDispatcherConfig } from './SharedDispatcherConfig';

/**
 * The Kubernetes client's configuration from ours.
 *
 * @throws Error where a file cannot be read, has no such context, or the portal does not run in a cluster
 */
export function kubeConfigOf(settings: KubernetesSettings): KubeConfig {
  const config = new SharedDispatcherConfig();
  switch (settings.from) {
    case 'url':
      load(
        config,
        {
          name: 'cluster',
          server: settings.url,
          caData: settings.tls.caData,
          caFile: settings.tls.caFile,
          skipTLSVerify: settings.tls.skipVerify,
        },
        { name: 'user', token: settings.serviceAccountToken?.trim() },
      );
      break;
    case 'in-cluster':
      if (!process.env.KUBERNETES_SERVICE_HOST) {
        throw new Error(
          'the portal does not run in a pod (KUBERNETES_SERVICE_HOST is not set), so inCluster cannot work; set kubernetes.url or kubernetes.kubeconfig',
        );
      }
      config.loadFromCluster();
      break;
    case 'kubeconfig':
    default:
      config.loadFromFile(settings.path);
      useContext(config, settings.context ?? config.getCurrentContext());
  }
  return config;
}

function useContext(config: KubeConfig, context: string): void {
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    const names = config.getContexts().map(({ name }) => name);
    throw new Error(
      `the kubeconfig has no context '${context}' with a cluster; it has ${names.join(', ') || 'none'}`,
    );
  }
  load(config, cluster, config.getCurrentUser() ?? { name: 'user' });
}

function load(config: KubeConfig, cluster: Cluster, user: User): void {
  config.loadFromClusterAndUser(
    {
      ...cluster,
      // The client refuses http unless told not to verify; there is nothing to verify then.
      skipTLSVerify:
        cluster.skipTLSVerify || cluster.server.startsWith('http:'),
    },
    user,
  );
}
