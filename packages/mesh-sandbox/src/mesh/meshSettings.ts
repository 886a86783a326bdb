import { parse } from 'yaml';
import { KubeObject, ObjectStore } from '../store';
import { MeshSettings, StatsMatcher } from './istioObjects';

interface MeshYaml {
  rootNamespace?: string;
  trustDomain?: string;
  enableAutoMtls?: boolean;
  outboundTrafficPolicy?: { mode?: string };
  serviceSettings?: {
    settings?: { clusterLocal?: boolean };
    hosts?: string[];
  }[];
  defaultConfig?: {
    proxyMetadata?: Record<string, unknown>;
    proxyStatsMatcher?: StatsMatcher;
  };
}

/** Reads the ConfigMap `istio-system/istio`; what it does not say is as Istio's defaults. */
export function readMeshSettings(store: ObjectStore): MeshSettings {
  const config = store.get<KubeObject & { data?: Record<string, string> }>(
    '',
    'ConfigMap',
    { namespace: 'istio-system', name: 'istio' },
  );
  const mesh: MeshYaml = parse(config?.data?.mesh ?? '') ?? {};
  return {
    rootNamespace: mesh.rootNamespace ?? 'istio-system',
    trustDomain: mesh.trustDomain ?? 'cluster.local',
    autoMtls: mesh.enableAutoMtls ?? true,
    allowAnyHost: mesh.outboundTrafficPolicy?.mode !== 'REGISTRY_ONLY',
    peerMetadataDiscovery:
      String(mesh.defaultConfig?.proxyMetadata?.PEER_METADATA_DISCOVERY) ===
      'true',
    clusterLocalHosts: (mesh.serviceSettings ?? [])
      .filter(({ settings }) => settings?.clusterLocal)
      .flatMap(({ hosts }) => hosts ?? []),
    statsInclusion: mesh.defaultConfig?.proxyStatsMatcher ?? {},
  };
}
