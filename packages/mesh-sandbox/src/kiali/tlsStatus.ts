import {
  DestinationRule,
  MeshSettings,
  PeerAuthentication,
  qualifyHost,
} from '../mesh';
import { ObjectStore } from '../store';

export interface TlsStatus {
  status: string;
  autoMTLSEnabled: boolean;
  minTLS: string;
  cluster?: string;
  namespace?: string;
}

/** Kiali's view of a namespace: policies without a selector, and DestinationRules for all of its hosts. */
export function namespaceTls(
  store: ObjectStore,
  settings: MeshSettings,
  namespace: string,
): string {
  const server =
    wideMode(store, namespace) ?? wideMode(store, settings.rootNamespace);
  const client = clientMode(store, `*.${namespace}.svc.cluster.local`, [
    namespace,
    settings.rootNamespace,
  ]);
  return overall(server, client, settings.autoMtls, 'UNSET');
}

/** Kiali's view of the mesh: the root namespace's policy, and DestinationRules for every host. */
export function meshTls(store: ObjectStore, settings: MeshSettings): string {
  const server = wideMode(store, settings.rootNamespace);
  const client = clientMode(store, '*.local', [settings.rootNamespace]);
  return overall(server, client, settings.autoMtls, 'MTLS_NOT_ENABLED');
}

function overall(
  server: string | undefined,
  client: string | undefined,
  autoMtls: boolean,
  nothingSaid: string,
): string {
  if (server === undefined && client === undefined) {
    return nothingSaid;
  }
  const clientEncrypts =
    client === 'ISTIO_MUTUAL' ||
    client === 'MUTUAL' ||
    (client === undefined && autoMtls);
  if (server === 'STRICT' && clientEncrypts) {
    return 'MTLS_ENABLED';
  }
  if (server === 'DISABLE' && (client === 'DISABLE' || autoMtls)) {
    return client === undefined || client === 'DISABLE'
      ? 'MTLS_DISABLED'
      : 'MTLS_PARTIALLY_ENABLED';
  }
  return 'MTLS_PARTIALLY_ENABLED';
}

function wideMode(store: ObjectStore, namespace: string): string | undefined {
  const mode = store
    .list<PeerAuthentication>('security.istio.io', 'PeerAuthentication', {
      namespace,
    })
    .find(({ spec }) => !spec?.selector)?.spec?.mtls?.mode;
  return mode === 'UNSET' ? undefined : mode;
}

function clientMode(
  store: ObjectStore,
  host: string,
  namespaces: string[],
): string | undefined {
  return store
    .list<DestinationRule>('networking.istio.io', 'DestinationRule')
    .find(
      ({ metadata, spec }) =>
        namespaces.includes(metadata.namespace ?? '') &&
        qualifyHost(spec?.host ?? '', metadata.namespace ?? '') === host,
    )?.spec?.trafficPolicy?.tls?.mode;
}
