import { KubeObject, ObjectStore } from '../store';
import { KialiVersion } from './KialiVersion';
import { Validation } from './validations';

const KINDS: [string, string, string][] = [
  ['networking.istio.io', 'VirtualService', 'virtualServices'],
  ['networking.istio.io', 'DestinationRule', 'destinationRules'],
  ['networking.istio.io', 'Gateway', 'gateways'],
  ['networking.istio.io', 'ServiceEntry', 'serviceEntries'],
  ['networking.istio.io', 'Sidecar', 'sidecars'],
  ['security.istio.io', 'PeerAuthentication', 'peerAuthentications'],
  ['security.istio.io', 'AuthorizationPolicy', 'authorizationPolicies'],
  ['security.istio.io', 'RequestAuthentication', 'requestAuthentications'],
  ['telemetry.istio.io', 'Telemetry', 'telemetries'],
  ['gateway.networking.k8s.io', 'Gateway', 'k8sGateways'],
  ['gateway.networking.k8s.io', 'HTTPRoute', 'k8sHTTPRoutes'],
  ['gateway.networking.k8s.io', 'GRPCRoute', 'k8sGRPCRoutes'],
];

/** Kiali's name of a kind since 2.0. */
function gvkOf(group: string, kind: string): string {
  return `${group}/v1, Kind=${kind}`;
}

/** The names that `objects` may hold, for this version. */
function knownObjects(version: KialiVersion): string[] {
  return KINDS.map(([group, kind, plural]) =>
    version.atLeast(2, 0) ? gvkOf(group, kind) : plural.toLowerCase(),
  );
}

/** The answer of `/api/istio/config`: by group, version and kind since 2.1, in flat lists before. */
export function istioConfig(
  store: ObjectStore,
  version: KialiVersion,
  wanted: readonly string[] | undefined,
  validations: Validation[] | undefined,
  namespaces: readonly string[] | undefined,
): Record<string, unknown> {
  const known = knownObjects(version);
  const chosen = KINDS.filter((_, i) => !wanted || wanted.includes(known[i]));
  const inScope = ({ metadata }: KubeObject) =>
    !namespaces || namespaces.includes(metadata.namespace ?? '');
  const lists = chosen.map(
    ([group, kind, plural]) =>
      [
        version.atLeast(2, 1) ? gvkOf(group, kind) : plural,
        store.list(group, kind).filter(inScope),
      ] as const,
  );
  const checked = validations?.filter(({ object }) => inScope(object));
  return {
    ...(version.atLeast(2, 1)
      ? { resources: Object.fromEntries(lists) }
      : Object.fromEntries(lists)),
    ...(checked && { validations: validationsOf(version, checked) }),
  };
}

function validationsOf(version: KialiVersion, validations: Validation[]) {
  const byKind: Record<string, Record<string, unknown>> = {};
  for (const { object, valid, checks } of validations) {
    const { name, namespace } = object.metadata;
    const group = object.apiVersion.split('/')[0];
    const kind = version.atLeast(2, 0)
      ? gvkOf(group, object.kind)
      : object.kind.toLowerCase();
    byKind[kind] ??= {};
    byKind[kind][`${name}.${namespace}`] = {
      name,
      namespace,
      ...(version.atLeast(2, 0)
        ? { objectGVK: { Group: group, Version: 'v1', Kind: object.kind } }
        : { objectType: kind }),
      valid,
      checks,
      references: null,
    };
  }
  return byKind;
}

/** The counts of `/api/istio/validations`: a list since 1.80, a map before. */
export function validationCounts(
  version: KialiVersion,
  cluster: string,
  namespaces: readonly string[],
  validations: Validation[],
): unknown {
  const counts = namespaces.map(namespace => {
    const own = validations.filter(
      ({ object }) => object.metadata.namespace === namespace,
    );
    const of = (severity: string) =>
      own
        .flatMap(({ checks }) => checks)
        .filter(check => check.severity === severity).length;
    return {
      cluster,
      namespace,
      objectCount: own.length,
      errors: of('error'),
      warnings: of('warning'),
    };
  });
  return version.atLeast(1, 80)
    ? counts
    : Object.fromEntries(
        counts.map(({ namespace, objectCount, errors, warnings }) => [
          namespace,
          { objectCount, errors, warnings },
        ]),
      );
}
