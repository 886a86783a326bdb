import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { hostKeys, namingHost, perDomain } from './hostKeys';
import { fullHost } from './hosts';
import { onceForEach } from './onceForEach';

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

function readReach(
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

const reachOf = perDomain(clusterDomain =>
  onceForEach((object: ConfigObject) => readReach(object, clusterDomain)),
);

export function virtualServiceReach(
  object: ConfigObject,
  clusterDomain: string,
): VirtualServiceReach {
  return reachOf(clusterDomain)(object);
}

/** The full names that are in an index beside those of hosts; no host contains a blank. */
const target = (host: string) => `to ${host}`;
const DELEGATING = 'delegating';
const UNREADABLE = 'unreadable';

const keysOf = perDomain(clusterDomain => (object: ConfigObject) => {
  const reach = virtualServiceReach(object, clusterDomain);
  return [
    ...hostKeys(reach.hosts),
    ...[...reach.targets].map(target),
    ...(reach.delegates ? [DELEGATING] : []),
    ...(reach.unreadable ? [UNREADABLE] : []),
  ];
});

/** The VirtualServices that may have to do with a host, without a walk through all of them. */
export function virtualServicesAbout(
  snapshot: MeshSnapshot,
  host: string,
): ConfigObject[] {
  const groups = groupBy(
    snapshot.all('VirtualService'),
    keysOf(snapshot.clusterDomain),
  );
  return [
    ...new Set([
      ...namingHost(groups, host),
      ...[target(host), DELEGATING, UNREADABLE].flatMap(
        key => groups.get(key) ?? [],
      ),
    ]),
  ];
}
