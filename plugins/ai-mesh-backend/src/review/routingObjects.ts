import type { ConfigObject, MeshKind } from '../kubernetes/kinds';
import {
  gatewayApiReach,
  gatewayApiRoutesAbout,
} from '../routes/gatewayApiReach';
import { hostSpecificity, serviceOfHost } from '../routes/hosts';
import { serviceEntryFor } from '../routes/serviceEntries';
import {
  virtualServiceReach,
  virtualServicesAbout,
} from '../routes/virtualServiceReach';
import type { ReviewSubject } from './ReviewSubject';

/** The VirtualServices that name the service or lead to it, and those of its namespace that lead to nothing known. */
export function virtualServicesOf({
  snapshot,
  service,
  routes,
}: ReviewSubject): ConfigObject[] {
  const { clusterDomain } = snapshot;
  const about = virtualServicesAbout(snapshot, routes.host).filter(object => {
    const { hosts, targets } = virtualServiceReach(object, clusterDomain);
    return (
      targets.has(routes.host) ||
      hosts.some(pattern => hostSpecificity(pattern, routes.host) > 0)
    );
  });
  const known = (host: string) => {
    const name = serviceOfHost(host, clusterDomain);
    return name
      ? snapshot.get('Service', name.namespace, name.name)
      : serviceEntryFor(snapshot, host);
  };
  const stray = snapshot
    .inNamespace('VirtualService', service.namespace)
    .filter(object => {
      const { hosts, targets, delegates } = virtualServiceReach(
        object,
        clusterDomain,
      );
      return !delegates && ![...targets, ...hosts].some(known);
    });
  return [...new Set([...about, ...stray])];
}

/** The HTTPRoutes and GRPCRoutes that are attached to the service or lead to it, and those of its namespace that lead to nothing known. */
export function gatewayApiRoutesOf({
  snapshot,
  service,
}: ReviewSubject): ConfigObject[] {
  return (['HTTPRoute', 'GRPCRoute'] as const).flatMap(kind => {
    const stray = snapshot
      .inNamespace(kind, service.namespace)
      .filter(route => {
        const { services, targets, pools } = gatewayApiReach(route);
        const has = (target: MeshKind, id: string) => {
          const [namespace, name] = id.split('/');
          return snapshot.get(target, namespace, name) !== undefined;
        };
        return !(
          [...services, ...targets].some(id => has('Service', id)) ||
          [...pools].some(id => has('InferencePool', id))
        );
      });
    return [
      ...new Set([...gatewayApiRoutesAbout(snapshot, kind, service), ...stray]),
    ];
  });
}
