import type { MeshKind } from './kinds';

/** Where one kind is found in a cluster's API. */
export interface KindRow {
  kind: MeshKind;
  /** What the API calls it, where that differs. */
  apiKind: string;
  group: string;
  resource: string;
  /** Those that this code can read, newest first. */
  versions: readonly string[];
  /** The group that the kind was in before, for clusters that serve no other. */
  former?: { group: string; versions: readonly string[] };
  /** Read in Istio's root namespace and nowhere else. */
  inRootNamespace?: true;
}

const istioNetworking = {
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
};
const istioSecurity = {
  group: 'security.istio.io',
  versions: ['v1', 'v1beta1'],
};
const gatewayApi = {
  group: 'gateway.networking.k8s.io',
  versions: ['v1', 'v1beta1', 'v1alpha2'],
};
const core = { group: '', versions: ['v1'] };
const apps = { group: 'apps', versions: ['v1'] };

/** Every kind of a snapshot. Secrets are not among them, and never will be. */
export const kindTable: readonly KindRow[] = [
  row('Namespace', 'namespaces', core),
  row('Service', 'services', core),
  row('Pod', 'pods', core),
  row('Deployment', 'deployments', apps),
  row('StatefulSet', 'statefulsets', apps),
  row('DaemonSet', 'daemonsets', apps),
  row('EndpointSlice', 'endpointslices', {
    group: 'discovery.k8s.io',
    versions: ['v1'],
  }),
  // What is configured for the mesh as a whole; other namespaces' are nobody's business here.
  { ...row('ConfigMap', 'configmaps', core), inRootNamespace: true },
  row('HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    group: 'autoscaling',
    versions: ['v2'],
  }),
  row('VirtualService', 'virtualservices', istioNetworking),
  row('DestinationRule', 'destinationrules', istioNetworking),
  row('Gateway', 'gateways', istioNetworking),
  row('ServiceEntry', 'serviceentries', istioNetworking),
  row('Sidecar', 'sidecars', istioNetworking),
  row('PeerAuthentication', 'peerauthentications', istioSecurity),
  row('RequestAuthentication', 'requestauthentications', istioSecurity),
  row('AuthorizationPolicy', 'authorizationpolicies', istioSecurity),
  row('Telemetry', 'telemetries', {
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
  }),
  row('WasmPlugin', 'wasmplugins', {
    group: 'extensions.istio.io',
    versions: ['v1alpha1'],
  }),
  { ...row('KubernetesGateway', 'gateways', gatewayApi), apiKind: 'Gateway' },
  row('ReferenceGrant', 'referencegrants', gatewayApi),
  {
    ...row('InferencePool', 'inferencepools', {
      group: 'inference.networking.k8s.io',
      versions: ['v1'],
    }),
    former: {
      group: 'inference.networking.x-k8s.io',
      versions: ['v1alpha2'],
    },
  },
  row('HTTPRoute', 'httproutes', gatewayApi),
  row('GRPCRoute', 'grpcroutes', gatewayApi),
];

function row(
  kind: MeshKind,
  resource: string,
  api: { group: string; versions: readonly string[] },
): KindRow {
  return { kind, apiKind: kind, resource, ...api };
}

/** As `kubectl` and RBAC messages name it: `virtualservices.networking.istio.io`. */
export function qualifiedResource({ resource, group }: KindRow): string {
  return group === '' ? resource : `${resource}.${group}`;
}
