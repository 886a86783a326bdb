import {
  unknown,
  type Endpoints,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import type { EffectiveDestination } from './EffectiveRoutes';
import { serviceOfHost } from './hosts';
import { serviceEntryFor } from './serviceEntries';
import type { CandidateDestination } from './RouteSource';
import type { TrafficPolicies } from './trafficPolicies';

/** Finds out what a destination is, which endpoints it has, and what is wrong with it. */
export function resolveDestination(
  snapshot: MeshSnapshot,
  candidate: CandidateDestination,
  weightPercent: number | undefined,
  policiesFor: (host: string) => TrafficPolicies,
): EffectiveDestination {
  const { problem: knownProblem, ...written } = candidate;
  const place = locate(snapshot, candidate);
  const subset = resolveSubset(snapshot, candidate, place.kind, policiesFor);
  const endpoints =
    subset.labels === undefined && candidate.subset !== undefined
      ? subset.endpoints
      : place.endpoints(subset.labels);
  const problem =
    knownProblem ??
    place.problem ??
    subset.problem ??
    (weightPercent === undefined
      ? 'All weights of the rule are 0: no request reaches it.'
      : undefined) ??
    withoutEndpoints(endpoints, candidate.subset, subset.labels);
  return {
    ...written,
    kind: place.kind,
    weightPercent: weightPercent ?? 0,
    ...(subset.labels && { subsetLabels: subset.labels }),
    endpoints,
    ...(problem && { problem }),
  };
}

interface Place {
  kind: EffectiveDestination['kind'];
  endpoints: (labels?: Record<string, string>) => Measured<Endpoints>;
  problem?: string;
}

function locate(
  snapshot: MeshSnapshot,
  { host, kind }: CandidateDestination,
): Place {
  const nowhere = (message: string) => () => unknown('not-configured', message);
  if (kind === 'InferencePool') {
    return {
      kind,
      endpoints: nowhere('An InferencePool chooses its endpoints by itself.'),
    };
  }
  const service = serviceOfHost(host, snapshot.clusterDomain);
  const services = unknownKind(snapshot, 'Service');
  if (
    service &&
    (services || snapshot.get('Service', service.namespace, service.name))
  ) {
    return {
      kind: 'Service',
      endpoints: labels =>
        services ??
        endpointsOf(snapshot, service.namespace, service.name, labels),
    };
  }
  if (serviceEntryFor(snapshot, host)) {
    return {
      kind: 'external',
      endpoints: nowhere('An external host has no endpoints in the cluster.'),
    };
  }
  return {
    kind: 'unknown',
    endpoints: nowhere(`The cluster knows no host ${host}.`),
    problem: unknownHost(snapshot, host, service),
  };
}

function unknownHost(
  snapshot: MeshSnapshot,
  host: string,
  service: { namespace: string; name: string } | undefined,
): string {
  if (service) {
    return `There is no Service ${service.namespace}/${service.name}.`;
  }
  const [name, namespace, ...more] = host.split('.');
  return namespace &&
    (more.length === 0 || (more.length === 1 && more[0] === 'svc')) &&
    snapshot.get('Service', namespace, name)
    ? `Istio does not take ${host} for a Service: write ${name}.${namespace}.svc.${snapshot.clusterDomain}.`
    : `No Service and no ServiceEntry has the host ${host}.`;
}

interface Subset {
  labels?: Record<string, string>;
  /** Where the labels are not known. */
  endpoints: Measured<Endpoints>;
  problem?: string;
}

function resolveSubset(
  snapshot: MeshSnapshot,
  { host, subset }: CandidateDestination,
  kind: EffectiveDestination['kind'],
  policiesFor: (host: string) => TrafficPolicies,
): Subset {
  const message = `The subset ${subset} is not defined by a DestinationRule for ${host}.`;
  const endpoints = unknown('not-configured', message);
  if (subset === undefined || kind === 'InferencePool') {
    return { endpoints };
  }
  const policies = policiesFor(host);
  const labels = policies.subsets.get(subset);
  if (labels) {
    return { labels, endpoints };
  }
  return policies.breakers === undefined
    ? { endpoints: unknownKind(snapshot, 'DestinationRule') ?? endpoints }
    : { endpoints, problem: message };
}

function withoutEndpoints(
  endpoints: Measured<Endpoints>,
  subset: string | undefined,
  labels: Record<string, string> | undefined,
): string | undefined {
  if (endpoints.status === 'unknown' || endpoints.value.ready > 0) {
    return undefined;
  }
  const whose =
    subset && labels
      ? ` with the labels of the subset ${subset} (${Object.entries(labels)
          .map(([name, value]) => `${name}=${value}`)
          .join(', ')})`
      : '';
  return endpoints.value.total === 0
    ? `It has no endpoints${whose}.`
    : `None of its ${endpoints.value.total} endpoints${whose} is ready.`;
}
