import { ResourceKind } from './ResourceKind';

type Traits = Partial<
  Pick<
    ResourceKind,
    | 'namespaced'
    | 'statusSubresource'
    | 'scaleSubresource'
    | 'generation'
    | 'categories'
    | 'shortNames'
  >
>;

function kind(
  group: string,
  versions: readonly string[],
  name: string,
  plural: string,
  custom: boolean,
  traits: Traits,
): ResourceKind {
  return {
    group,
    kind: name,
    plural,
    singular: name.toLowerCase(),
    versions,
    custom,
    shortNames: [],
    categories: [],
    namespaced: true,
    statusSubresource: false,
    scaleSubresource: false,
    generation: custom,
    ...traits,
  };
}

const ISTIO = ['v1', 'v1beta1', 'v1alpha3'];
const ISTIO_SECURITY = ['v1', 'v1beta1'];
const istioTraits = (category: string, ...shortNames: string[]): Traits => ({
  categories: ['istio-io', category],
  shortNames,
  statusSubresource: true,
});
const workload = (...shortNames: string[]): Traits => ({
  categories: ['all'],
  shortNames,
  statusSubresource: true,
  scaleSubresource: true,
  generation: true,
});

const network = (name: string, plural: string, ...short: string[]) =>
  kind(
    'networking.istio.io',
    ISTIO,
    name,
    plural,
    true,
    istioTraits('networking-istio-io', ...short),
  );
const security = (name: string, plural: string, ...short: string[]) =>
  kind(
    'security.istio.io',
    ISTIO_SECURITY,
    name,
    plural,
    true,
    istioTraits('security-istio-io', ...short),
  );
const gatewayApi = (
  name: string,
  plural: string,
  traits: Traits,
  versions = ['v1', 'v1beta1'],
) =>
  kind('gateway.networking.k8s.io', versions, name, plural, true, {
    categories: ['gateway-api'],
    statusSubresource: true,
    ...traits,
  });
const core = (name: string, plural: string, traits: Traits = {}) =>
  kind('', ['v1'], name, plural, false, traits);
const apps = (name: string, plural: string, traits: Traits) =>
  kind('apps', ['v1'], name, plural, false, traits);

/** Every kind that the sandbox serves, with the names and versions that a cluster with Istio 1.29 gives them. */
export const resourceKinds: readonly ResourceKind[] = [
  core('Namespace', 'namespaces', {
    namespaced: false,
    shortNames: ['ns'],
    statusSubresource: true,
  }),
  core('Node', 'nodes', {
    namespaced: false,
    shortNames: ['no'],
    statusSubresource: true,
  }),
  core('Service', 'services', {
    shortNames: ['svc'],
    categories: ['all'],
    statusSubresource: true,
  }),
  core('Pod', 'pods', {
    shortNames: ['po'],
    categories: ['all'],
    statusSubresource: true,
  }),
  core('ConfigMap', 'configmaps', { shortNames: ['cm'] }),
  core('Secret', 'secrets'),
  core('ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }),
  core('Event', 'events', { shortNames: ['ev'] }),
  apps('Deployment', 'deployments', workload('deploy')),
  apps('ReplicaSet', 'replicasets', workload('rs')),
  apps('StatefulSet', 'statefulsets', workload('sts')),
  apps('DaemonSet', 'daemonsets', {
    ...workload('ds'),
    scaleSubresource: false,
  }),
  kind(
    'autoscaling',
    ['v2'],
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    false,
    { shortNames: ['hpa'], categories: ['all'], statusSubresource: true },
  ),
  kind('discovery.k8s.io', ['v1'], 'EndpointSlice', 'endpointslices', false, {
    generation: true,
  }),
  network('VirtualService', 'virtualservices', 'vs'),
  network('DestinationRule', 'destinationrules', 'dr'),
  network('Gateway', 'gateways', 'gw'),
  network('ServiceEntry', 'serviceentries', 'se'),
  network('Sidecar', 'sidecars'),
  network('WorkloadEntry', 'workloadentries', 'we'),
  security('PeerAuthentication', 'peerauthentications', 'pa'),
  security('AuthorizationPolicy', 'authorizationpolicies', 'ap'),
  security('RequestAuthentication', 'requestauthentications', 'ra'),
  kind(
    'telemetry.istio.io',
    ['v1', 'v1alpha1'],
    'Telemetry',
    'telemetries',
    true,
    istioTraits('telemetry-istio-io', 'telemetry'),
  ),
  kind(
    'extensions.istio.io',
    ['v1alpha1'],
    'WasmPlugin',
    'wasmplugins',
    true,
    istioTraits('extensions-istio-io'),
  ),
  gatewayApi('GatewayClass', 'gatewayclasses', {
    namespaced: false,
    shortNames: ['gc'],
  }),
  gatewayApi('Gateway', 'gateways', { shortNames: ['gtw'] }),
  gatewayApi('HTTPRoute', 'httproutes', {}),
  gatewayApi('GRPCRoute', 'grpcroutes', {}, ['v1']),
  kind(
    'inference.networking.k8s.io',
    ['v1'],
    'InferencePool',
    'inferencepools',
    true,
    { shortNames: ['infpool'], statusSubresource: true },
  ),
  kind(
    'monitoring.coreos.com',
    ['v1'],
    'PrometheusRule',
    'prometheusrules',
    true,
    { shortNames: ['promrule'], categories: ['prometheus-operator'] },
  ),
  kind('flagger.app', ['v1beta1'], 'Canary', 'canaries', true, {
    statusSubresource: true,
    categories: ['all'],
  }),
  kind('argoproj.io', ['v1alpha1'], 'Rollout', 'rollouts', true, {
    shortNames: ['ro'],
    statusSubresource: true,
    scaleSubresource: true,
  }),
];
