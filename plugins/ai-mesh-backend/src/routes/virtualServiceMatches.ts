import type { RouteCondition } from '@ai-mesh/plugin-ai-mesh-common';
import { anyOf, presenceMatch, stringMatch } from './conditions';
import type { Field } from './Field';
import { MESH } from './reachability';
import type { MatchBlock } from './RouteSource';

/** Where a VirtualService's rules apply, and what short gateway names belong to. */
export interface RuleScope {
  gateways: string[];
  namespace: string;
}

/** The alternatives of an http rule; no `match` at all is one that takes everything. */
export function httpBlocks(match: Field, scope: RuleScope): MatchBlock[] {
  return blocks(match, scope, httpConditions);
}

/** The alternatives of a tls or tcp rule. */
export function connectionBlocks(match: Field, scope: RuleScope): MatchBlock[] {
  return blocks(match, scope, item => [
    ...anyOf('sniHosts', item.at('sniHosts').texts()),
    ...anyOf('destinationSubnets', item.at('destinationSubnets').texts()),
    ...callerConditions(item),
  ]);
}

function blocks(
  match: Field,
  { gateways, namespace }: RuleScope,
  conditions: (item: Field) => RouteCondition[],
): MatchBlock[] {
  const items = match.list();
  if (items.length === 0) {
    return [{ conditions: [], gateways }];
  }
  return items.map(item => {
    const own = item.at('gateways').texts();
    return {
      conditions: conditions(item),
      gateways: own.length > 0 ? gatewayNames(own, namespace) : gateways,
    };
  });
}

function httpConditions(item: Field): RouteCondition[] {
  const ignoreCase = item.at('ignoreUriCase').flag() ?? false;
  const named = (field: string, key: string) =>
    item
      .at(key)
      .entries()
      .flatMap(([name, value]) => presenceMatch(value, { field, name }));
  return [
    ...stringMatch(item.at('uri'), {
      field: ignoreCase ? 'uri (ignoring case)' : 'uri',
    }),
    ...['scheme', 'method', 'authority'].flatMap(field =>
      stringMatch(item.at(field), { field }),
    ),
    ...named('header', 'headers'),
    ...named('queryParam', 'queryParams'),
    ...item
      .at('withoutHeaders')
      .entries()
      .flatMap(([name, value]) => withoutHeader(name, value)),
    ...callerConditions(item),
  ];
}

function withoutHeader(name: string, value: Field): RouteCondition[] {
  const [condition] = presenceMatch(value, { field: 'withoutHeader', name });
  return condition.operator === 'present'
    ? [{ field: 'header', name, operator: 'absent', value: '' }]
    : [condition];
}

function callerConditions(item: Field): RouteCondition[] {
  const port = item.at('port').integer();
  const namespace = item.at('sourceNamespace').text();
  return [
    ...anyOf('port', port === undefined ? [] : [String(port)]),
    ...Object.entries(item.at('sourceLabels').textMap()).map(
      ([name, value]) => ({
        field: 'sourceLabels',
        name,
        operator: 'exact' as const,
        value,
      }),
    ),
    ...anyOf('sourceNamespace', namespace ? [namespace] : []),
  ];
}

/** A VirtualService's gateways; without any it is for callers in the mesh. A short name is of its own namespace. */
export function gatewayNames(gateways: string[], namespace: string): string[] {
  return gateways.length === 0
    ? [MESH]
    : gateways.map(name =>
        name === MESH || name.includes('/') ? name : `${namespace}/${name}`,
      );
}
