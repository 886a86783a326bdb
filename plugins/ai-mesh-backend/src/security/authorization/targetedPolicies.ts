import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { Field } from '../../routes/Field';
import type { AccessPolicy, PolicyTarget } from './AccessPolicy';
import { policiesIn } from './appliedPolicies';
import type { Ineffective } from './ineffectiveAtZtunnel';
import { WAYPOINT_CLASS, type Waypoint } from '../../routes/waypointOf';
import { saidOr } from '../saidOr';

const GATEWAY_API = 'gateway.networking.k8s.io';
/** What a waypoint's policies may point at, as far as it is known here. */
const KINDS: Readonly<Record<string, string>> = {
  Service: 'core',
  ServiceEntry: 'networking.istio.io',
  Gateway: GATEWAY_API,
  GatewayClass: GATEWAY_API,
};

/** A policy with `targetRefs` that name a service or what stands before it. */
export interface TargetedPolicy {
  readonly policy: AccessPolicy;
  /** Empty: a waypoint enforces it. */
  readonly ineffective: readonly Ineffective[];
}

/**
 * The policies whose `targetRefs` name a Service, its waypoint or all waypoints, and which of them the waypoint
 * enforces. From Istio's `pilot/pkg/model/policyattachment.go`: a Service and a Gateway are reached from their own
 * namespace only, the class of all waypoints from the root namespace only.
 */
export function targetedPolicies(
  snapshot: MeshSnapshot,
  service: { readonly namespace: string; readonly name: string },
  waypoint: Waypoint,
): TargetedPolicy[] {
  const namespaces = [
    snapshot.rootNamespace,
    ...(waypoint.asked ? [waypoint.asked.namespace] : []),
    service.namespace,
  ];
  return policiesIn(snapshot, namespaces).flatMap(policy => {
    const places = policy.targets.flatMap(
      target => judge(snapshot, policy, target, service, waypoint) ?? [],
    );
    if (places.length === 0) {
      return [];
    }
    const ineffective = places.flatMap(place =>
      typeof place === 'string' ? [] : [place],
    );
    if (places.includes('enforced')) {
      return [{ policy, ineffective: [] }];
    }
    return places.includes('unknown')
      ? [{ policy: ofUnknownTarget(policy), ineffective: [] }]
      : [{ policy, ineffective }];
  });
}

function ofUnknownTarget(policy: AccessPolicy): AccessPolicy {
  const { path } = policy.targets.find(
    ({ kind }) => !Object.hasOwn(KINDS, kind),
  )!;
  const broken = {
    path: `${path}.kind`,
    expected: wording('expected.knownKinds', {
      values: Object.keys(KINDS).join(', '),
    }),
  };
  return { ...policy, broken, unreadable: [broken, ...policy.unreadable] };
}

/** Undefined: the target is something else. */
function judge(
  snapshot: MeshSnapshot,
  policy: AccessPolicy,
  target: PolicyTarget,
  service: { readonly namespace: string; readonly name: string },
  waypoint: Waypoint,
): Ineffective | 'enforced' | 'unknown' | undefined {
  const home = policy.object.metadata.namespace ?? '';
  const { state, asked } = waypoint;
  const { kind, name, path } = target;
  if (!Object.hasOwn(KINDS, kind)) {
    return mayMean(snapshot, home, target, service, waypoint)
      ? 'unknown'
      : undefined;
  }
  if (KINDS[kind] !== (target.group === '' ? 'core' : target.group)) {
    return undefined;
  }
  const elsewhere = (words: Words) => ({
    path,
    why: 'other-namespace' as const,
    words: [words],
  });
  switch (kind) {
    case 'Service':
      if (name !== service.name) {
        return undefined;
      }
      if (home !== service.namespace) {
        return snapshot.get('Service', home, name)
          ? undefined
          : elsewhere(
              wording('target.service', {
                name,
                namespace: service.namespace,
                home,
              }),
            );
      }
      break;
    case 'Gateway':
      if (!asked || name !== asked.name) {
        return undefined;
      }
      if (home !== asked.namespace) {
        return snapshot.get('KubernetesGateway', home, name)
          ? undefined
          : elsewhere(
              wording('target.waypoint', { namespace: asked.namespace }),
            );
      }
      if (target.namespace !== '' && target.namespace !== home) {
        return elsewhere(
          wording('target.outside', { namespace: target.namespace }),
        );
      }
      break;
    case 'GatewayClass':
      if (name !== WAYPOINT_CLASS) {
        return undefined;
      }
      if (home !== snapshot.rootNamespace) {
        return elsewhere(
          wording('target.class', { namespace: snapshot.rootNamespace }),
        );
      }
      if (!asked) {
        // It is for the waypoints that there are.
        return undefined;
      }
      break;
    default:
      return undefined;
  }
  return state.status === 'serving' || state.status === 'unknown'
    ? 'enforced'
    : {
        path,
        why: 'no-waypoint',
        words: [
          wording('target.noWaypoint'),
          ...saidOr(state, 'target.noneAsked').words,
        ],
      };
}

/**
 * Whether a target of a kind that is not known here may mean the service: a newer Istio may enforce the policy then.
 * A route means it where the Service or its waypoint is the route's parent.
 */
function mayMean(
  snapshot: MeshSnapshot,
  home: string,
  { kind, name }: PolicyTarget,
  service: { readonly namespace: string; readonly name: string },
  { asked }: Waypoint,
): boolean {
  if (kind !== 'HTTPRoute' && kind !== 'GRPCRoute') {
    return home !== snapshot.rootNamespace;
  }
  const route = snapshot.get(kind, home, name);
  return new Field(route?.spec, 'spec', () => undefined)
    .at('parentRefs')
    .list()
    .some(parent => {
      const parentName = parent.at('name').text();
      const namespace = parent.at('namespace').text() ?? home;
      const isParent = (candidate: typeof service | undefined) =>
        candidate?.name === parentName && candidate?.namespace === namespace;
      return parent.at('kind').text() === 'Service'
        ? isParent(service)
        : isParent(asked);
    });
}
