import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field, type ReportUnreadable } from './Field';
import { fullHost } from './hosts';
import { objectRef } from './objectRef';
import type { CandidateDestination, CandidateRule } from './RouteSource';
import {
  connectionBlocks,
  httpBlocks,
  type RuleScope,
} from './virtualServiceMatches';
import { httpSettings } from './virtualServiceSettings';

/** A rule as one VirtualService holds it, with the delegate that it may name. */
export interface VirtualServiceRule extends CandidateRule {
  delegate?: { namespace: string; name: string };
}

/** A VirtualService's rules in order: http, tls, tcp. */
export function virtualServiceRules(
  snapshot: MeshSnapshot,
  object: ConfigObject,
  gateways: string[],
  report: ReportUnreadable,
): VirtualServiceRule[] {
  const spec = new Field(object.spec, 'spec', report);
  const namespace = object.metadata.namespace ?? '';
  const scope: RuleScope = { gateways, namespace };
  const hostOf = (host: string) =>
    fullHost(host, namespace, snapshot.clusterDomain);
  const common = (field: Field) => ({
    object: objectRef(snapshot, object),
    path: field.path,
    destinations: destinations(field.at('route'), hostOf),
    absentWeight: 0 as const,
  });
  return [
    ...spec
      .at('http')
      .list()
      .map(field => {
        const name = field.at('name').text();
        const delegate = field.at('delegate');
        return {
          ...common(field),
          ...(name && { name }),
          protocol: 'http' as const,
          blocks: httpBlocks(field.at('match'), scope),
          settings: httpSettings(field, hostOf),
          ...(delegate.present && {
            delegate: {
              namespace: delegate.at('namespace').text() || namespace,
              name: delegate.at('name').text() ?? '',
            },
          }),
        };
      }),
    ...(['tls', 'tcp'] as const).flatMap(protocol =>
      spec
        .at(protocol)
        .list()
        .map(field => ({
          ...common(field),
          protocol,
          blocks: connectionBlocks(field.at('match'), scope),
          settings: {},
        })),
    ),
  ];
}

function destinations(
  route: Field,
  hostOf: (host: string) => string,
): CandidateDestination[] {
  return route.list().flatMap(item => {
    const destination = item.at('destination');
    const host = destination.at('host').text();
    const subset = destination.at('subset').text();
    const port = destination.at('port').at('number').integer();
    const weight = item.at('weight').number();
    return host === undefined
      ? []
      : [
          {
            host: hostOf(host),
            ...(subset && { subset }),
            ...(port !== undefined && { port }),
            ...(weight !== undefined && { weight }),
          },
        ];
  });
}
