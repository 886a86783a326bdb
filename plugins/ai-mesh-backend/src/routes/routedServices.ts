import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { gatewayApiReach, gatewayApiRoutesAbout } from './gatewayApiReach';
import { serviceHost, serviceOfHost } from './hosts';
import type { ServiceName } from './RouteSource';
import {
  virtualServiceReach,
  virtualServicesAbout,
} from './virtualServiceReach';

/**
 * The Services that routes about a Service name beside it, by routes of its own namespace and in that namespace: what
 * its owner may have split it into. Istio counts requests to each of them under that one's own name.
 */
export function routedServices(
  snapshot: MeshSnapshot,
  service: ServiceName,
): ServiceName[] {
  const { namespace, name } = service;
  const isOwn = (route: { metadata: { namespace?: string } }) =>
    route.metadata.namespace === namespace;
  const names = new Set([
    ...(['HTTPRoute', 'GRPCRoute'] as const).flatMap(kind =>
      gatewayApiRoutesAbout(snapshot.all(kind), service)
        .filter(isOwn)
        .flatMap(route => [...gatewayApiReach(route).targets])
        .filter(target => target.startsWith(`${namespace}/`))
        .map(target => target.slice(namespace.length + 1)),
    ),
    ...virtualServicesAbout(
      snapshot,
      serviceHost(service, snapshot.clusterDomain),
    )
      .filter(isOwn)
      .flatMap(route => [
        ...virtualServiceReach(route, snapshot.clusterDomain).targets,
      ])
      .flatMap(host => serviceOfHost(host, snapshot.clusterDomain) ?? [])
      .filter(target => target.namespace === namespace)
      .map(target => target.name),
  ]);
  return [...names]
    .filter(target => target !== name)
    .sort()
    .map(target => ({ namespace, name: target }));
}
