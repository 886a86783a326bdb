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

interface Reading {
  /** Of which cluster, and for which gateways. */
  key: string;
  rules: readonly VirtualServiceRule[];
  unreadable: Parameters<ReportUnreadable>[];
}

/** The last reading of each object: a view asks for the rules of one several times, and so does the next view. */
const readings = new WeakMap<ConfigObject, Reading>();

/** A VirtualService's rules in order: http, tls, tcp. */
export function virtualServiceRules(
  snapshot: MeshSnapshot,
  object: ConfigObject,
  gateways: string[],
  report: ReportUnreadable,
): readonly VirtualServiceRule[] {
  const { cluster, clusterDomain } = snapshot;
  const key = JSON.stringify([cluster, clusterDomain, gateways]);
  let reading = readings.get(object);
  if (reading?.key !== key) {
    const unreadable: Reading['unreadable'] = [];
    const rules = readRules(snapshot, object, gateways, (...said) => {
      unreadable.push(said);
    });
    reading = { key, rules, unreadable };
    readings.set(object, reading);
  }
  reading.unreadable.forEach(said => report(...said));
  return reading.rules;
}

function readRules(
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
