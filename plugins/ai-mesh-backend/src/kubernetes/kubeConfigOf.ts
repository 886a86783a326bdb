import { readFileSync, statSync } from 'fs';
import { dirname, resolve } from 'path';
import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod';
import type { KubernetesSettings } from '../config/settings';
import {
  holdsCertificates,
  NoCertificatesError,
} from '../target/pemCertificates';
import { WordedError } from '../WordedError';
import { SharedDispatcherConfig } from './SharedDispatcherConfig';

/**
 * The Kubernetes client's configuration from ours.
 *
 * @throws Error where a file cannot be read, has no such context or no credential that can be used, or the portal does
 * not run in a cluster
 * @throws NoCertificatesError where the cluster's authority is to be trusted and holds no certificates
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
        { data: 'caData', file: 'caFile' },
      );
      break;
    case 'in-cluster':
      if (!process.env.KUBERNETES_SERVICE_HOST) {
        throw new WordedError(
          settings.ofPlugin !== undefined
            ? wording('kube.noPodOfPlugin', { name: settings.ofPlugin })
            : wording('kube.noPod'),
        );
      }
      config.loadFromCluster();
      break;
    case 'kubeconfig':
    default: {
      config.loadFromFile(settings.path);
      useContext(
        config,
        settings.context ?? config.getCurrentContext(),
        settings.path,
      );
    }
  }
  return config;
}

/** Tells one state of the file that credentials are in from another; the same for ever where they are in none. */
export function kubeConfigStamp(settings: KubernetesSettings): string {
  if (settings.from !== 'kubeconfig') {
    return '';
  }
  const { mtimeMs, ino, size } = statSync(settings.path);
  return `${mtimeMs} ${ino} ${size}`;
}

function useContext(config: KubeConfig, context: string, path: string): void {
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    const names = config.getContexts().map(({ name }) => name);
    throw new WordedError(
      names.length > 0
        ? wording('kube.noContext', { context, contexts: names.join(', ') })
        : wording('kube.noContexts', { context }),
    );
  }
  const user = config.getCurrentUser() ?? { name: 'user' };
  load(config, cluster, usable(withTokenFile(user, path)), {
    data: 'certificate-authority-data',
    file: 'certificate-authority',
  });
}

const usersSchema = z.object({
  users: z.array(
    z.object({
      name: z.string(),
      user: z.object({ tokenFile: z.string().optional() }).nullish(),
    }),
  ),
});

/** The Kubernetes client does not know `tokenFile` of a kubeconfig, but reads a token's file anew every minute all the same. */
function withTokenFile(user: User, path: string): User {
  const { users } = usersSchema.parse(parse(readFileSync(path, 'utf8')));
  const file = users.find(({ name }) => name === user.name)?.user?.tokenFile;
  return file
    ? {
        ...user,
        // Before a token, as for kubectl.
        token: undefined,
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: resolve(dirname(path), file) },
        },
      }
    : user;
}

/** The auth providers that the Kubernetes client can ask, beside a token's file. */
const PROVIDERS = ['azure', 'gcp', 'oidc'];

/**
 * @throws WordedError which names the way to sign in that cannot be used: without it, requests would go out as nobody's
 */
function usable(user: User): User {
  const { name, authProvider, certFile, certData, keyFile, keyData } = user;
  const provider: unknown = authProvider?.name;
  if (
    authProvider &&
    !authProvider.config?.tokenFile &&
    !PROVIDERS.includes(String(provider))
  ) {
    throw new WordedError(
      wording('kube.unusableProvider', {
        user: name,
        provider: String(provider),
      }),
    );
  }
  if ((certFile || certData) && !keyFile && !keyData) {
    throw new WordedError(wording('kube.noClientKey', { user: name }));
  }
  return user;
}

/**
 * @param settings - what whoever set the cluster up calls its authority
 */
function load(
  config: KubeConfig,
  cluster: Cluster,
  user: User,
  settings: { data: string; file: string },
): void {
  if (!cluster.skipTLSVerify && cluster.server.startsWith('https:')) {
    checkAuthority(cluster, settings);
  }
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

/** The client takes the file before the data, other than kubectl. */
function checkAuthority(
  { caData, caFile }: Cluster,
  settings: { data: string; file: string },
): void {
  if (caFile) {
    if (!holdsCertificates(readFileSync(caFile, 'latin1'))) {
      throw new NoCertificatesError(settings.file, caFile);
    }
  } else if (
    caData &&
    !holdsCertificates(Buffer.from(caData, 'base64').toString('latin1'))
  ) {
    throw new NoCertificatesError(settings.data);
  }
}
