import {
  poolOfHost,
  said,
  wording,
  wordsOf,
  type CanaryOptions,
  type CanaryVersion,
  type ServiceRef,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { poolsOfService } from '../../kubernetes/inferencePools';
import type { ConfigObject, MeshKind } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import { serviceHost, serviceOfHost } from '../../routes/hosts';
import { resolveRoutes } from '../../routes/resolveRoutes';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import { SplitRefusal } from '../split';
import type { SplitDestination, SplitRule } from '../split/RouteDialect';
import { routeDialect } from '../split/routeDialects';
import { routeKey } from '../store';

type ServiceOptions = CanaryOptions['services'][number];
type RouteOption = ServiceOptions['routes'][number];

/** What a canary of one service can be asked for, by the cluster's objects. */
export async function serviceOptions(
  snapshot: MeshSnapshot,
  service: ServiceRef,
  siblings: readonly { namespace: string; name: string }[],
  holderOf: (routeKey: string) => Promise<string | undefined>,
): Promise<ServiceOptions> {
  const refusals: Words[] = [];
  const found = routesOf(snapshot, service, refusals);
  const routes = await Promise.all(
    found.map(async ({ option }) => ({
      ...option,
      busyWith: await holderOf(routeKey(option.route)),
    })),
  );
  const destinations = found.flatMap(({ rule }) => rule.destinations);
  return {
    service,
    routes: routes.sort((a, b) => Number(b.catchAll) - Number(a.catchAll)),
    versions: versionsOf(snapshot, service, siblings, destinations),
    ...(routes.length === 0 && {
      ...said(...whyNoRoute(snapshot, service, refusals)),
    }),
  };
}

/** Rules that a request can name: by their own name, or as the only one without a match. */
function routesOf(
  snapshot: MeshSnapshot,
  service: ServiceRef,
  refusals: Words[],
): { option: RouteOption; rule: SplitRule }[] {
  const routing = new Map<string, { object: ConfigObject; paths: string[] }>();
  for (const { object: ref, path } of resolveRoutes(snapshot, service).rules) {
    const key = `${ref.kind} ${ref.namespace}/${ref.name}`;
    const object = snapshot.get(
      ref.kind as MeshKind,
      ref.namespace ?? '',
      ref.name,
    ) as ConfigObject | undefined;
    if (object) {
      const entry = routing.get(key) ?? { object, paths: [] };
      routing.set(key, { object, paths: [...entry.paths, path] });
    }
  }
  return [...routing.values()].flatMap(({ object, paths }) => {
    try {
      const rules = routeDialect(object.kind).rules(
        object,
        snapshot.clusterDomain,
      );
      return rules
        .filter(rule => paths.includes(`spec.${rule.label}`))
        .filter(rule => rule.destinations.length > 0 && canBeNamed(rule, rules))
        .map(rule => ({ rule, option: routeOption(service, object, rule) }));
    } catch (error) {
      if (error instanceof SplitRefusal) {
        refusals.push(error.words);
        return [];
      }
      throw error;
    }
  });
}

function canBeNamed(rule: SplitRule, rules: readonly SplitRule[]): boolean {
  return rule.name === undefined
    ? rule.catchAll && rules.filter(({ catchAll }) => catchAll).length === 1
    : rules.filter(({ name }) => name === rule.name).length === 1;
}

function routeOption(
  { cluster }: ServiceRef,
  { apiVersion, kind, metadata: { namespace, name } }: ConfigObject,
  { name: rule, catchAll, destinations }: SplitRule,
): RouteOption {
  const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
  const heaviest = destinations.reduce((a, b) => (b.weight > a.weight ? b : a));
  return {
    route: {
      object: { cluster, apiVersion, kind, namespace, name },
      ...(rule !== undefined && { rule }),
    },
    catchAll,
    weights: destinations.map(destination => ({
      // Which is the canary is for the request to say; most traffic goes to what is stable.
      role: destination === heaviest ? ('stable' as const) : ('other' as const),
      host: destination.host,
      subset: destination.subset,
      port: destination.port,
      weight: destination.weight,
      percent: total === 0 ? 0 : (destination.weight * 100) / total,
    })),
  };
}

/**
 * Subsets of the service, and whole Services that stand in its routes or belong to the same entity. Where its routes lead
 * to InferencePools, those that it is divided into.
 */
function versionsOf(
  snapshot: MeshSnapshot,
  service: ServiceRef,
  siblings: readonly { namespace: string; name: string }[],
  destinations: readonly SplitDestination[],
): ServiceOptions['versions'] {
  const { clusterDomain } = snapshot;
  const own = serviceHost(service, clusterDomain);
  const versions = new Map<string, CanaryVersion>();
  for (const subset of trafficPoliciesFor(snapshot, own).subsets.keys()) {
    versions.set(subset, { subset });
  }
  const pools = destinations.some(({ host }) => poolOfHost(host))
    ? poolsOfService(snapshot, service)
    : [];
  if (pools.length > 0) {
    return pools.map(({ name }) => ({ version: { pool: name }, label: name }));
  }
  const hosts = new Map(destinations.map(one => [one.host, one.subset]));
  const wholes = [
    ...[...hosts]
      .filter(([, subset]) => subset === undefined)
      .map(([host]) => host),
    // On a route of subsets another Service is no version.
    ...(versions.size === 0
      ? siblings.map(sibling => serviceHost(sibling, clusterDomain))
      : []),
  ];
  for (const host of wholes) {
    const named = serviceOfHost(host, clusterDomain);
    if (named && snapshot.get('Service', named.namespace, named.name)) {
      const label =
        named.namespace === service.namespace
          ? named.name
          : `${named.name}.${named.namespace}`;
      versions.set(label, host === own ? {} : { host });
    }
  }
  return [...versions].map(([label, version]) => ({ version, label }));
}

function whyNoRoute(
  snapshot: MeshSnapshot,
  { namespace, name }: ServiceRef,
  refusals: Words[],
): Words[] {
  const kinds: MeshKind[] = ['VirtualService', 'HTTPRoute', 'GRPCRoute'];
  const unreadable = kinds.flatMap(kind => {
    const why = unknownKind(snapshot, kind);
    if (
      why?.status !== 'unknown' ||
      snapshot.state(kind).status === 'not-served'
    ) {
      return [];
    }
    return why.message
      ? wordsOf(why)
      : [wording('options.unreadable', { kind })];
  });
  const all = [...refusals, ...unreadable];
  return all.length > 0
    ? all
    : [wording('options.noRoute', { of: `${namespace}/${name}` })];
}
