import {
  said,
  wording,
  wordsOf,
  type RouteNote,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { ConfigObject, MeshKind } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { contest } from './contest';
import type { EffectiveRoutes, EffectiveRule } from './EffectiveRoutes';
import { resolveRule } from './resolveRule';
import { hidingSidecars } from './hidingSidecars';
import { serviceHost } from './hosts';
import { reachability } from './reachability';
import type { ServiceName } from './RouteSource';
import { routeTables } from './routeTables';
import { trafficPoliciesFor, type TrafficPolicies } from './trafficPolicies';

/**
 * How requests to a service are routed, from the cluster's objects alone. Never throws, whatever the objects hold:
 * what cannot be read is a note.
 */
export function resolveRoutes(
  snapshot: MeshSnapshot,
  service: ServiceName,
): EffectiveRoutes {
  const host = serviceHost(service, snapshot.clusterDomain);
  const policies = new Map<string, TrafficPolicies>();
  const policiesFor = (name: string) => {
    const found = policies.get(name) ?? trafficPoliciesFor(snapshot, name);
    policies.set(name, found);
    return found;
  };
  const { contenders, notes } = contest(
    snapshot,
    host,
    routeTables(snapshot, service),
  );
  const rules: EffectiveRule[] = contenders.flatMap(
    ({ table, meshLostTo, only }) => {
      const reached = reachability(table.rules, meshLostTo);
      return table.rules.flatMap((rule, index) =>
        only(rule)
          ? [resolveRule(snapshot, table, rule, reached[index], policiesFor)]
          : [],
      );
    },
  );
  const own = policiesFor(host);
  return {
    host,
    rules,
    breakers: own.breakers,
    endpoints:
      unknownKind(snapshot, 'Service') ??
      endpointsOf(snapshot, service.namespace, service.name),
    notes: [
      ...unlistedKinds(snapshot),
      ...notes,
      ...hidingSidecars(snapshot, host),
      ...[...policies.values()].flatMap(policy => policy.notes),
    ],
    objects: distinct([
      ...contenders.flatMap(({ table }) => table.objects),
      ...[...policies.values()].flatMap(policy => policy.objects),
    ]),
  };
}

/** An absent rule would look like no rule, where the kind that holds it cannot be listed. */
function unlistedKinds(snapshot: MeshSnapshot): RouteNote[] {
  const kinds: MeshKind[] = ['VirtualService', 'HTTPRoute', 'GRPCRoute'];
  return kinds.flatMap(kind => {
    const missing = unknownKind(snapshot, kind);
    return !missing || snapshot.state(kind).status === 'not-served'
      ? []
      : [
          {
            kind: 'unreadable' as const,
            ...said(
              wording('route.kindUnread', { kind, cluster: snapshot.cluster }),
              ...(missing.status === 'unknown' ? wordsOf(missing) : []),
            ),
            objects: [],
          },
        ];
  });
}

function distinct(objects: ConfigObject[]): ConfigObject[] {
  return [...new Set(objects)];
}
