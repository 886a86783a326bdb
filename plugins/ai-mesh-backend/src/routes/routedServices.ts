import { poolsOfService, serviceOfPool } from '../kubernetes/inferencePools';
import { isPartOf } from '../kubernetes/isPartOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { gatewayApiReach, gatewayApiRoutesAbout } from './gatewayApiReach';
import { serviceHost, serviceOfHost } from './hosts';
import type { CandidateRule, ServiceName } from './RouteSource';
import { routeTables } from './routeTables';
import {
  virtualServiceReach,
  virtualServicesAbout,
} from './virtualServiceReach';

/** A Service that routes name beside another one. */
export interface RoutedService extends ServiceName {
  /**
   * Requests to the other one are divided among the two, or are all sent on to this one: a version of it, whatever runs
   * behind. A path that leads to another application is none.
   */
  standsIn: boolean;
}

/**
 * The Services that routes about a Service name beside it, by routes of its own namespace and in that namespace: what
 * its owner may have split it into. Istio counts requests to each of them under that one's own name, and those to an
 * InferencePool under that of the Service that it keeps for the pool.
 */
export function routedServices(
  snapshot: MeshSnapshot,
  service: ServiceName,
): RoutedService[] {
  const { namespace, name } = service;
  const isOwn = (route: { metadata: { namespace?: string } }) =>
    route.metadata.namespace === namespace;
  const names = new Set([
    ...(['HTTPRoute', 'GRPCRoute'] as const).flatMap(kind =>
      gatewayApiRoutesAbout(snapshot, kind, service)
        .filter(isOwn)
        .flatMap(route => [...gatewayApiReach(route).targets])
        .filter(target => target.startsWith(`${namespace}/`))
        .map(target => target.slice(namespace.length + 1)),
    ),
    ...poolsOfService(snapshot, service).map(
      pool => serviceOfPool(snapshot, pool).metadata.name,
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
  const versions = standIns(snapshot, service);
  return [...names]
    .filter(target => target !== name)
    .sort()
    .map(target => ({
      namespace,
      name: target,
      standsIn: versions.has(target),
    }));
}

/** Names of the Services to which rules about a Service send what is addressed to it. */
function standIns(
  snapshot: MeshSnapshot,
  service: ServiceName,
): ReadonlySet<string> {
  const { namespace } = service;
  const host = serviceHost(service, snapshot.clusterDomain);
  const rules = routeTables(snapshot, service)
    .filter(({ hosts }) => hosts.includes(host))
    .flatMap(table => table.rules)
    .filter(
      ({ object, leftOut }) =>
        object.namespace === namespace && leftOut === undefined,
    );
  const targetsOf = ({ destinations }: CandidateRule) =>
    destinations.flatMap(destination => {
      const target = serviceOfHost(destination.host, snapshot.clusterDomain);
      return target?.namespace === namespace ? [target] : [];
    });
  const isOwn = (target: ServiceName) =>
    target.name === service.name || isPartOf(snapshot, target, service);
  return new Set(
    rules
      .filter(rule => takesEverything(rule) || targetsOf(rule).some(isOwn))
      .flatMap(targetsOf)
      .map(target => target.name),
  );
}

function takesEverything({ blocks }: CandidateRule): boolean {
  return blocks.some(({ conditions }) =>
    conditions.every(
      ({ operator, value }) => operator === 'prefix' && value === '/',
    ),
  );
}
