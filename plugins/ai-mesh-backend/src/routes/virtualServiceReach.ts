import type { ConfigObject } from '../kubernetes/kinds';
import { Field } from './Field';
import { fullHost } from './hosts';

/** What a VirtualService is about, at a glance. */
export interface VirtualServiceReach {
  /** The full names or wildcards that callers address; empty for a delegate. */
  hosts: string[];
  /** Full names that its own rules send or mirror to. */
  targets: ReadonlySet<string>;
  /** Some rule's destinations are in another object. */
  delegates: boolean;
  /** `hosts` holds something that is no list of text. */
  unreadable: boolean;
}

// Objects of a snapshot never change, and most VirtualServices have nothing to do with the service that is asked for:
// each is looked through once, not once for each service of a view.
const known = new WeakMap<
  ConfigObject,
  { clusterDomain: string; reach: VirtualServiceReach }
>();

export function virtualServiceReach(
  object: ConfigObject,
  clusterDomain: string,
): VirtualServiceReach {
  const found = known.get(object);
  if (found?.clusterDomain === clusterDomain) {
    return found.reach;
  }
  const reach = read(object, clusterDomain);
  known.set(object, { clusterDomain, reach });
  return reach;
}

function read(
  object: ConfigObject,
  clusterDomain: string,
): VirtualServiceReach {
  let unreadable = false;
  const spec = new Field(object.spec, 'spec', path => {
    // Whoever reads the rest of the object reports it.
    unreadable ||= /^spec(\.hosts.*)?$/.test(path);
  });
  const full = (host: string) =>
    fullHost(host, object.metadata.namespace ?? '', clusterDomain);
  const hosts = spec.at('hosts').texts().map(full);
  const rules = ['http', 'tls', 'tcp'].flatMap(protocol =>
    spec.at(protocol).list(),
  );
  const targets = rules.flatMap(rule => [
    ...[...rule.at('route').list(), ...rule.at('mirrors').list()].flatMap(
      item => item.at('destination').at('host').text() ?? [],
    ),
    ...[rule.at('mirror').at('host').text() ?? []].flat(),
  ]);
  return {
    hosts,
    targets: new Set(targets.map(full)),
    delegates: rules.some(rule => rule.at('delegate').present),
    unreadable,
  };
}
