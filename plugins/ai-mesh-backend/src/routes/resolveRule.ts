import type {
  RetryPolicy,
  RouteCondition,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { anyOf } from './conditions';
import type { EffectiveRule } from './EffectiveRoutes';
import { hostVisibility } from './hostVisibility';
import { MESH, type Reachability } from './reachability';
import { resolveDestination } from './resolveDestination';
import type { CandidateRule, MatchBlock, RouteTable } from './RouteSource';
import type { TrafficPolicies } from './trafficPolicies';
import { isVisibleTo, type Audience } from './visibility';
import { weightPercents } from './weights';

/**
 * What Istio retries where a route does not say: requests that surely, or most likely, were not processed.
 * Before 1.24 it also retried answers of 503.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
const DEFAULT_RETRY_ON = [
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
];
const DEFAULT_ATTEMPTS = 2;

/** A rule of a table, with the mesh's defaults filled in and its destinations resolved. */
export function resolveRule(
  snapshot: MeshSnapshot,
  table: RouteTable,
  rule: CandidateRule,
  reachability: Reachability,
  policiesFor: (host: string) => TrafficPolicies,
): EffectiveRule {
  const { settings, destinations } = rule;
  const percents = weightPercents(destinations, rule.absentWeight);
  const callers = rule.blocks.some(block => block.gateways.includes(MESH))
    ? whoAddresses(snapshot, table)
    : 'gateways';
  const gateways = [...new Set(rule.blocks.flatMap(block => block.gateways))];
  return {
    ...(rule.name && { name: rule.name }),
    object: rule.object,
    path: rule.path,
    protocol: rule.protocol,
    gateways,
    matches: matches(rule.blocks, gateways, callerConditions(table)),
    ...reachability,
    destinations: destinations.map((destination, index) =>
      resolveDestination(
        snapshot,
        destination,
        percents?.[index],
        policiesFor,
        callers,
      ),
    ),
    timeoutMs: settings.timeoutMs || null,
    retries: retries(rule),
    ...(settings.fault && { fault: settings.fault }),
    mirrors: settings.mirrors ?? [],
    headers: settings.headers ?? [],
    actions: [
      ...(settings.rewrite ? [settings.rewrite] : []),
      ...(settings.actions ?? []),
    ],
  };
}

/** The callers that see the table, of those that know the hosts which it is for. */
function whoAddresses(snapshot: MeshSnapshot, table: RouteTable): Audience {
  const known = table.hosts.map(host => hostVisibility(snapshot, host));
  if (
    known.some(audience => audience === undefined || audience === 'everyone')
  ) {
    return table.audience;
  }
  const namespaces = known.flatMap(audience =>
    audience === undefined || audience === 'everyone' ? [] : [...audience],
  );
  return new Set(
    namespaces.filter(namespace => isVisibleTo(table.audience, namespace)),
  );
}

function retries(rule: CandidateRule): RetryPolicy | null {
  const { protocol, destinations, settings } = rule;
  // A connection is not retried, and neither is what the proxy answers by itself.
  if (protocol === 'tcp' || protocol === 'tls' || destinations.length === 0) {
    return null;
  }
  if (!settings.retries) {
    return {
      attempts: DEFAULT_ATTEMPTS,
      retryOn: DEFAULT_RETRY_ON,
      source: 'mesh-default',
    };
  }
  const { attempts, perTryTimeoutMs, retryOn } = settings.retries;
  return attempts === 0
    ? null
    : {
        attempts,
        ...(perTryTimeoutMs && { perTryTimeoutMs }),
        retryOn: retryOn.length > 0 ? retryOn : DEFAULT_RETRY_ON,
        source: 'route',
      };
}

/** What limits a whole table: the callers' namespaces, and the hosts that they address instead of the service. */
function callerConditions(table: RouteTable): RouteCondition[] {
  return [
    ...(table.specificity > 0 || table.hosts.includes('*')
      ? []
      : anyOf('host', table.hosts)),
    ...(table.audience === 'everyone'
      ? []
      : anyOf('sourceNamespace', [...table.audience])),
  ];
}

function matches(
  blocks: MatchBlock[],
  gateways: string[],
  callers: RouteCondition[],
): RouteCondition[][] {
  const all = blocks.map(block => [
    ...callers,
    ...(block.gateways.length < gateways.length
      ? anyOf('gateway', block.gateways)
      : []),
    ...block.conditions,
  ]);
  // One alternative that takes everything makes the others meaningless.
  return all.some(conditions => conditions.length === 0) ? [] : all;
}
