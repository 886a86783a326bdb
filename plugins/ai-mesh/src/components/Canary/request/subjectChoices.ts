import {
  poolOfHost,
  type CanaryOptions,
  type CanaryRouteSelection,
  type CanaryVersion,
} from '@ai-mesh/plugin-ai-mesh-common';

/** One service of the options. */
export type OfferedService = CanaryOptions['services'][number];

/** One route of a service. */
export type OfferedRoute = OfferedService['routes'][number];

/** One version of a service. */
export type OfferedVersion = OfferedService['versions'][number];

/** A service's name in the address and in menus. */
export function serviceKey({
  service: { cluster, namespace, name },
}: Pick<OfferedService, 'service'>): string {
  return `${cluster}/${namespace}/${name}`;
}

/** A route's. */
export function routeKey({
  route: { object, rule },
}: Pick<OfferedRoute, 'route'>): string {
  return [object.kind, object.namespace, object.name, rule]
    .filter(part => part !== undefined)
    .join('/');
}

/** The route that is asked for by name, else the free one where most traffic goes. */
export function chooseRoute(
  service: OfferedService,
  wanted?: string,
): OfferedRoute | undefined {
  const { routes } = service;
  return (
    routes.find(route => routeKey(route) === wanted) ??
    routes.find(({ catchAll, busyWith }) => catchAll && !busyWith) ??
    routes.find(({ catchAll }) => catchAll) ??
    routes[0]
  );
}

/** The version with most of the route's traffic is stable; the canary is the next best other one. */
export function chooseVersions(
  service: OfferedService,
  route: OfferedRoute | undefined,
): { stable?: OfferedVersion; canary?: OfferedVersion } {
  const ranked = [...service.versions].sort(
    (a, b) => percentOf(b, route) - percentOf(a, route),
  );
  return { stable: ranked[0], canary: ranked[1] };
}

/** The share of a route's traffic that a version has, percent. */
export function percentOf(
  { version }: OfferedVersion,
  route: OfferedRoute | undefined,
): number {
  return (
    route?.weights.find(weight => sameVersion(version, weight))?.percent ?? 0
  );
}

/** Hosts may be written short or in full. */
function sameVersion(
  version: CanaryVersion,
  { host, subset }: { host: string; subset?: string },
): boolean {
  const pool = poolOfHost(host)?.name;
  if (pool !== undefined || version.pool !== undefined) {
    return version.pool === pool;
  }
  return (
    version.subset === subset &&
    (version.host === undefined ||
      host === version.host ||
      host.startsWith(`${version.host}.`) ||
      version.host.startsWith(`${host}.`))
  );
}

/** A route as a request names it. */
export function selectionOf({
  route: { object, rule },
}: OfferedRoute): CanaryRouteSelection {
  return {
    kind: object.kind as CanaryRouteSelection['kind'],
    namespace: object.namespace ?? '',
    name: object.name,
    ...(rule && { rule }),
  };
}

/** The other clusters in which the same service runs. */
export function otherClusters(
  services: readonly OfferedService[],
  { service }: OfferedService,
): string[] {
  return services
    .map(offered => offered.service)
    .filter(
      ({ cluster, namespace, name }) =>
        cluster !== service.cluster &&
        namespace === service.namespace &&
        name === service.name,
    )
    .map(({ cluster }) => cluster);
}
