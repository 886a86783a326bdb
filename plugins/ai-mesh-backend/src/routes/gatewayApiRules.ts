import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { Field } from './Field';
import { filterSettings } from './gatewayApiFilters';
import { backendDestination } from './gatewayApiBackends';
import {
  grpcMatches,
  httpMatches,
  type RankedMatch,
} from './gatewayApiMatches';
import { byAge, objectRef } from './objectRef';
import type { CandidateRule, RouteSettings } from './RouteSource';

/** A route's rule with its matches, before they find their place among those of other rules. */
export interface RankedRule {
  route: ConfigObject;
  rule: Omit<CandidateRule, 'blocks'>;
  matches: RankedMatch[];
}

export function gatewayApiRules(
  snapshot: MeshSnapshot,
  route: ConfigObject,
  spec: Field,
): RankedRule[] {
  const namespace = route.metadata.namespace ?? '';
  const grpc = route.kind === 'GRPCRoute';
  const locate = (ref: Field) =>
    backendDestination(ref, namespace, snapshot.clusterDomain);
  return spec
    .at('rules')
    .list()
    .map(field => {
      const name = field.at('name').text();
      const refs = field.at('backendRefs');
      const filters = filterSettings(field.at('filters'), locate);
      const backendHeaders = refs.list().flatMap(ref => {
        const { headers = [] } = filterSettings(ref.at('filters'), locate);
        return headers.map(
          change => `towards ${ref.at('name').text() ?? ''}: ${change}`,
        );
      });
      const headers = [...(filters.headers ?? []), ...backendHeaders];
      return {
        route,
        rule: {
          ...(name && { name }),
          object: objectRef(snapshot, route),
          path: field.path,
          protocol: grpc ? ('grpc' as const) : ('http' as const),
          destinations: refs.list().flatMap(ref => locate(ref) ?? []),
          absentWeight: 1 as const,
          settings: {
            ...filters,
            headers: headers.length > 0 ? headers : undefined,
            ...timeLimits(field),
          },
        },
        matches: grpc
          ? grpcMatches(field.at('matches'))
          : httpMatches(field.at('matches')),
      };
    });
}

/** Without retries Istio takes the limit of one backend request for the whole, where the whole has none of its own. */
function timeLimits(rule: Field): Pick<RouteSettings, 'timeoutMs' | 'retries'> {
  const timeouts = rule.at('timeouts');
  const request = timeouts.at('request').durationMs();
  const perTry = timeouts.at('backendRequest').durationMs();
  const retry = rule.at('retry');
  return {
    timeoutMs: request || (retry.present ? undefined : perTry),
    retries: retry.present
      ? {
          attempts: retry.at('attempts').integer() ?? 2,
          perTryTimeoutMs: perTry,
          retryOn: retry
            .at('codes')
            .list()
            .flatMap(code => code.integer() ?? [])
            .map(String),
        }
      : undefined,
  };
}

/**
 * The order in which requests are matched: the closest match first, then the oldest route, then the order in the
 * route. A rule whose matches end up apart appears once for each place.
 */
export function inOrderOfPrecedence(
  rules: readonly RankedRule[],
  gateways: string[],
): CandidateRule[] {
  const entries = rules
    .flatMap(({ route, rule, matches }) =>
      matches.map(match => ({ route, rule, match })),
    )
    .sort(
      (a, b) =>
        compareRanks(a.match.rank, b.match.rank) || byAge(a.route, b.route),
    );
  const ordered: { rule: RankedRule['rule']; candidate: CandidateRule }[] = [];
  for (const { rule, match } of entries) {
    const block = { conditions: match.conditions, gateways };
    const last = ordered.at(-1);
    if (last?.rule === rule) {
      last.candidate.blocks.push(block);
    } else {
      ordered.push({ rule, candidate: { ...rule, blocks: [block] } });
    }
  }
  return ordered.map(({ candidate }) => candidate);
}

function compareRanks(a: number[], b: number[]): number {
  const difference = a.findIndex((value, index) => value !== b[index]);
  return difference < 0 ? 0 : b[difference] - a[difference];
}
