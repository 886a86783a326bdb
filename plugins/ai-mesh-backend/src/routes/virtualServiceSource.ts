import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { followDelegate } from './delegates';
import { Field } from './Field';
import { hostSpecificity, serviceHost } from './hosts';
import { byAge } from './objectRef';
import { MESH } from './reachability';
import type { RouteSource, RouteTable } from './RouteSource';
import { UnreadableNotes } from './UnreadableNotes';
import { gatewayNames } from './virtualServiceMatches';
import {
  virtualServiceReach,
  virtualServicesAbout,
} from './virtualServiceReach';
import { virtualServiceRules } from './virtualServiceRules';
import { audienceOf, exportToOf, isVisibleToNobody } from './visibility';

/** Istio's VirtualServices. */
export const virtualServiceSource: RouteSource = {
  tables(snapshot, service) {
    const host = serviceHost(service, snapshot.clusterDomain);
    return virtualServicesAbout(snapshot, host)
      .filter(object => {
        const reach = virtualServiceReach(object, snapshot.clusterDomain);
        return (
          reach.hosts.some(pattern => hostSpecificity(pattern, host) > 0) ||
          (reach.hosts.length > 0 &&
            (reach.delegates || reach.targets.has(host))) ||
          // Whom it is for cannot be read; most likely for a service of its namespace.
          (reach.unreadable && object.metadata.namespace === service.namespace)
        );
      })
      .sort(byAge)
      .flatMap(object => table(snapshot, host, object) ?? []);
  },
};

function table(
  snapshot: MeshSnapshot,
  host: string,
  object: ConfigObject,
): RouteTable | undefined {
  const unreadable = new UnreadableNotes(snapshot);
  const spec = new Field(object.spec, 'spec', unreadable.reportOn(object));
  const namespace = object.metadata.namespace ?? '';
  const { hosts } = virtualServiceReach(object, snapshot.clusterDomain);
  spec.at('hosts').texts();
  const audience = audienceOf(
    exportToOf(
      snapshot,
      'VirtualService',
      namespace,
      spec.at('exportTo').texts(),
    ),
    namespace,
  );
  if (isVisibleToNobody(audience)) {
    return undefined;
  }
  const gateways = gatewayNames(spec.at('gateways').texts(), namespace);
  const delegations =
    hosts.length === 0
      ? []
      : virtualServiceRules(
          snapshot,
          object,
          gateways,
          unreadable.reportOn(object),
        ).map(rule =>
          followDelegate(snapshot, object, rule, unreadable.reportOn),
        );
  return {
    objects: [
      object,
      ...new Set(delegations.flatMap(delegation => delegation.objects)),
    ],
    rules: delegations.flatMap(delegation => delegation.rules),
    notes: [
      ...delegations.flatMap(delegation => delegation.notes),
      ...unreadable.notes,
    ],
    specificity: gateways.includes(MESH)
      ? Math.max(0, ...hosts.map(pattern => hostSpecificity(pattern, host)))
      : 0,
    hosts,
    audience,
  };
}
