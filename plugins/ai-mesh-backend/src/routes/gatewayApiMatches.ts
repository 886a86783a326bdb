import type { RouteCondition } from '@ai-mesh/plugin-ai-mesh-common';
import { unreadableCondition } from './conditions';
import type { Field } from './Field';

/** One match of a route with how closely it asks; of two that fit a request the closer one wins. */
export interface RankedMatch {
  conditions: RouteCondition[];
  /** Compared from left to right, larger first. */
  rank: number[];
}

const OPERATORS: Record<string, RouteCondition['operator']> = {
  Exact: 'exact',
  PathPrefix: 'prefix',
  RegularExpression: 'regex',
};

/**
 * The matches of an HTTPRoute's rule, ranked as the Gateway API asks: exact path, longest prefix, method, number of
 * headers, number of parameters.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function httpMatches(matches: Field): RankedMatch[] {
  const items = matches.list();
  return items.length === 0
    ? [{ conditions: [], rank: [1, 1, 0, 0, 0] }]
    : items.map(httpMatch);
}

function httpMatch(item: Field): RankedMatch {
  const path = typed(item.at('path'), { field: 'path' }, 'PathPrefix');
  const method = item.at('method').text();
  const headers = named(item.at('headers'), 'header');
  const parameters = named(item.at('queryParams'), 'queryParam');
  const [{ operator, value } = { operator: 'prefix', value: '/' }] = path;
  return {
    conditions: [
      ...path,
      ...(method
        ? [{ field: 'method', operator: 'exact' as const, value: method }]
        : []),
      ...headers,
      ...parameters,
    ],
    rank: [
      ({ exact: 2, prefix: 1 } as Record<string, number>)[operator] ?? 0,
      value.length,
      method ? 1 : 0,
      headers.length,
      parameters.length,
    ],
  };
}

/** The matches of a GRPCRoute's rule: most characters of service, then of method, then most headers. */
export function grpcMatches(matches: Field): RankedMatch[] {
  const items = matches.list();
  return items.length === 0
    ? [{ conditions: [], rank: [0, 0, 0] }]
    : items.map(item => {
        const method = item.at('method');
        const type = method.at('type').text() ?? 'Exact';
        const of = (key: 'service' | 'method') => {
          const value = method.at(key).text();
          const operator = OPERATORS[type];
          if (value === undefined) {
            return [];
          }
          return operator
            ? [{ field: `grpc ${key}`, operator, value }]
            : [unreadableCondition(method, { field: `grpc ${key}` })];
        };
        const headers = named(item.at('headers'), 'header');
        const [service, call] = [of('service'), of('method')];
        return {
          conditions: [...service, ...call, ...headers],
          rank: [
            service[0]?.value.length ?? 0,
            call[0]?.value.length ?? 0,
            headers.length,
          ],
        };
      });
}

function named(list: Field, field: string): RouteCondition[] {
  return list.list().flatMap(item => {
    const name = item.at('name').text() ?? '';
    return typed(item, { field, name }, 'Exact');
  });
}

function typed(
  field: Field,
  name: { field: string; name?: string },
  defaultType: string,
): RouteCondition[] {
  if (!field.present) {
    return [];
  }
  const operator = OPERATORS[field.at('type').text() ?? defaultType];
  const value =
    field.at('value').text() ??
    (name.field === 'path' && !field.at('value').present ? '/' : undefined);
  return operator && value !== undefined
    ? [{ ...name, operator, value }]
    : [unreadableCondition(field, name)];
}
