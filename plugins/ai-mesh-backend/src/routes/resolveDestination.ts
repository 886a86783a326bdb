import {
  inEnglish,
  unknown,
  wording,
  wordsOf,
  type Endpoints,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import { endpointsOfPool, findPool } from '../kubernetes/inferencePools';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import type { EffectiveDestination } from './EffectiveRoutes';
import { hostVisibility } from './hostVisibility';
import { serviceOfHost } from './hosts';
import { serviceEntryFor } from './serviceEntries';
import { poolOfDestination } from './poolDestination';
import type { CandidateDestination } from './RouteSource';
import { viewsOf } from './destinationRules';
import { Field } from './Field';
import { objectName } from './objectRef';
import {
  trafficPoliciesFor,
  type PolicyView,
  type TrafficPolicies,
} from './trafficPolicies';
import type { Audience } from './visibility';

/** Whom a rule is for: callers in the mesh, by namespace, or gateways alone. */
export type Callers = Audience | 'gateways';

/** Finds out what a destination is, which endpoints it has, and what is wrong with it. */
export function resolveDestination(
  snapshot: MeshSnapshot,
  candidate: CandidateDestination,
  weightPercent: number | undefined,
  policiesFor: (host: string) => TrafficPolicies,
  callers: Callers = 'everyone',
): EffectiveDestination {
  const { problem: knownProblem, ...written } = candidate;
  const place = locate(snapshot, candidate);
  const unseen =
    callers === 'gateways' || place.kind === 'InferencePool'
      ? undefined
      : hostUnseen(snapshot, candidate.host, callers);
  const subset = resolveSubset(
    snapshot,
    candidate,
    place.kind,
    policiesFor,
    callers,
  );
  const endpoints =
    subset.labels === undefined && candidate.subset !== undefined
      ? subset.endpoints
      : place.endpoints(subset.labels);
  const problem =
    only(knownProblem) ??
    place.problem ??
    only(unseen) ??
    only(subset.problem) ??
    (weightPercent === undefined
      ? [wording('destination.weightless')]
      : undefined) ??
    only(withoutEndpoints(endpoints, candidate.subset, subset.labels));
  return {
    ...written,
    kind: place.kind,
    weightPercent: weightPercent ?? 0,
    ...(subset.labels && { subsetLabels: subset.labels }),
    endpoints,
    ...(problem && { problem: inEnglish(problem), problemWords: problem }),
  };
}

function only(words: Words | undefined): Words[] | undefined {
  return words && [words];
}

/** That some callers do not know the host at all, and so have nowhere to send to. */
function hostUnseen(
  snapshot: MeshSnapshot,
  host: string,
  callers: Audience,
): Words | undefined {
  const seenBy = hostVisibility(snapshot, host);
  if (seenBy === undefined || seenBy === 'everyone') {
    return undefined;
  }
  const missing =
    callers === 'everyone'
      ? undefined
      : [...callers].filter(namespace => !seenBy.has(namespace));
  if (missing?.length === 0) {
    return undefined;
  }
  return seenBy.size === 0
    ? wording('destination.exportedToNobody', { host })
    : wording(
        'destination.unseen',
        { host, namespaces: [...(missing ?? seenBy)].join(', ') },
        { whom: missing ? 'destination.in' : 'destination.outside' },
      );
}

interface Place {
  kind: EffectiveDestination['kind'];
  endpoints: (labels?: Record<string, string>) => Measured<Endpoints>;
  problem?: Words[];
}

function locate(
  snapshot: MeshSnapshot,
  { host, kind }: CandidateDestination,
): Place {
  const nowhere = (why: Words) => () => unknown('not-configured', [why]);
  const pool = poolOfDestination({ host, kind });
  if (pool) {
    const found = findPool(snapshot, pool);
    return {
      kind: 'InferencePool',
      endpoints: () =>
        found.status === 'known'
          ? endpointsOfPool(snapshot, found.value)
          : found,
      ...(found.status === 'unknown' &&
        !unknownKind(snapshot, 'InferencePool') && { problem: wordsOf(found) }),
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
      endpoints: nowhere(wording('destination.external')),
    };
  }
  return {
    kind: 'unknown',
    endpoints: nowhere(wording('destination.unknownHost', { host })),
    problem: [unknownHost(snapshot, host, service)],
  };
}

function unknownHost(
  snapshot: MeshSnapshot,
  host: string,
  service: { namespace: string; name: string } | undefined,
): Words {
  if (service) {
    return wording('destination.noService', {
      service: `${service.namespace}/${service.name}`,
    });
  }
  const [name, namespace, ...more] = host.split('.');
  return namespace &&
    (more.length === 0 || (more.length === 1 && more[0] === 'svc')) &&
    snapshot.get('Service', namespace, name)
    ? wording('destination.notTheService', {
        host,
        full: `${name}.${namespace}.svc.${snapshot.clusterDomain}`,
      })
    : wording('destination.noHost', { host });
}

/** Whom a subset is not defined for, of those callers, for which namespaces it is, and the sentence that says so. */
export function subsetGaps(
  snapshot: MeshSnapshot,
  version: { host: string; subset?: string },
  callers: Callers,
):
  | { missing: readonly string[]; definedFor: string[]; problem: Words }
  | undefined {
  const { subset = '', host } = version;
  const policies = trafficPoliciesFor(snapshot, host);
  const { problem } = resolveSubset(
    snapshot,
    version,
    'Service',
    () => policies,
    callers,
  );
  return problem === undefined || callers === 'gateways'
    ? undefined
    : {
        problem,
        missing: viewsOf(policies.views, callers)
          .filter(view => !view.subsets.has(subset))
          .flatMap(view => view.callers),
        definedFor: policies.views
          .filter(view => view.subsets.has(subset))
          .flatMap(view => view.callers),
      };
}

interface Subset {
  labels?: Record<string, string>;
  /** Where the labels are not known. */
  endpoints: Measured<Endpoints>;
  problem?: Words;
}

function resolveSubset(
  snapshot: MeshSnapshot,
  { host, subset }: { host: string; subset?: string },
  kind: EffectiveDestination['kind'],
  policiesFor: (host: string) => TrafficPolicies,
  callers: Callers,
): Subset {
  if (subset === undefined || kind === 'InferencePool') {
    return { endpoints: unknown('not-configured') };
  }
  const noSubset = wording('destination.noSubset', { subset, host });
  const endpoints = unknown('not-configured', [noSubset]);
  const policies = policiesFor(host);
  const views =
    callers === 'gateways' ? policies.views : viewsOf(policies.views, callers);
  const defining = views.filter(view => view.subsets.has(subset));
  const labels = defining[0]?.subsets.get(subset);
  if (labels) {
    const gaps = views.filter(view => !view.subsets.has(subset));
    return {
      labels,
      endpoints,
      // Where a gateway runs, and so which view is its own, is not known here.
      ...(gaps.length > 0 &&
        callers !== 'gateways' && {
          problem: noSubsetFor({ subset, host }, policies.views, gaps),
        }),
    };
  }
  if (policies.breakers === undefined) {
    return { endpoints: unknownKind(snapshot, 'DestinationRule') ?? endpoints };
  }
  const unseen = policies.objects.filter(rule => definesSubset(rule, subset));
  return {
    endpoints,
    problem:
      unseen.length > 0
        ? wording(
            unseen.length > 1
              ? 'destination.noSubsetSeenOfMany'
              : 'destination.noSubsetSeen',
            { subset, host, rules: unseen.map(objectName).join(', ') },
          )
        : noSubset,
  };
}

function definesSubset({ spec }: ConfigObject, subset: string): boolean {
  return new Field(spec, 'spec', () => undefined)
    .at('subsets')
    .list()
    .some(entry => entry.at('name').value === subset);
}

function noSubsetFor(
  version: { subset: string; host: string },
  views: readonly PolicyView[],
  gaps: readonly PolicyView[],
): Words {
  const isElsewhere = gaps.some(({ callers }) => callers === 'others');
  const told = isElsewhere ? views.filter(view => !gaps.includes(view)) : gaps;
  return wording(
    'destination.noSubsetFor',
    {
      ...version,
      namespaces: told
        .flatMap(({ callers }) => (callers === 'others' ? [] : callers))
        .join(', '),
    },
    { whom: isElsewhere ? 'destination.outside' : 'destination.in' },
  );
}

function withoutEndpoints(
  endpoints: Measured<Endpoints>,
  subset: string | undefined,
  labels: Record<string, string> | undefined,
): Words | undefined {
  if (endpoints.status === 'unknown' || endpoints.value.ready > 0) {
    return undefined;
  }
  const { total } = endpoints.value;
  if (subset === undefined || labels === undefined) {
    return total === 0
      ? wording('destination.noEndpoints')
      : wording('destination.noneReady', { total });
  }
  return wording(
    total === 0
      ? 'destination.noEndpointsOfSubset'
      : 'destination.noneReadyOfSubset',
    {
      total,
      subset,
      labels: Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
    },
  );
}
