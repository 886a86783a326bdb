import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { hostKeys, namingHost, perDomain } from './hostKeys';
import { fullHost, hostSpecificity, serviceOfHost } from './hosts';
import { byAge } from './objectRef';
import { onceForEach } from './onceForEach';
import { serviceEntryFor } from './serviceEntries';
import { audienceOf, isVisibleToNobody, type Audience } from './visibility';

export interface DestinationRules {
  /** What callers without a rule of their own get; empty where there is none. */
  main: ConfigObject[];
  /** The namespaces whose callers `main` is for. */
  audience: Audience;
  /** Rules in other namespaces, which only callers there use, and rules for selected workloads. */
  others: ConfigObject[];
}

const reach = onceForEach((object: ConfigObject) => {
  // Whoever reads the rest of the object reports what is unreadable.
  const spec = new Field(object.spec, 'spec', () => undefined);
  return {
    host: spec.at('host').text() ?? '',
    exportTo: spec.at('exportTo').texts(),
  };
});

const keysOf = perDomain(
  clusterDomain => (rule: ConfigObject) =>
    hostKeys([
      fullHost(reach(rule).host, rule.metadata.namespace ?? '', clusterDomain),
    ]),
);

/**
 * The DestinationRules that apply to a host. A caller looks first in its own namespace, then in the service's, then in
 * the root namespace, each time for the rule that names the host most closely. Callers of a service come from
 * anywhere, so the service's namespace and the root namespace decide here, and the rest is told apart.
 */
export function destinationRulesFor(
  snapshot: MeshSnapshot,
  host: string,
): DestinationRules {
  const groups = groupBy(
    snapshot.all('DestinationRule'),
    keysOf(snapshot.clusterDomain),
  );
  const candidates = namingHost(groups, host)
    .flatMap(object => {
      const { host: pattern, exportTo } = reach(object);
      const namespace = object.metadata.namespace ?? '';
      const specificity = hostSpecificity(
        fullHost(pattern, namespace, snapshot.clusterDomain),
        host,
      );
      const audience = audienceOf(exportTo, namespace);
      return specificity === 0 || isVisibleToNobody(audience)
        ? []
        : [{ object, namespace, specificity, audience }];
    })
    .sort((a, b) => byAge(a.object, b.object));
  const home =
    serviceOfHost(host, snapshot.clusterDomain)?.namespace ??
    serviceEntryFor(snapshot, host)?.metadata.namespace;
  const lookup = (namespace: string | undefined) => {
    const found = candidates.filter(
      candidate =>
        candidate.namespace === namespace && !isSelective(candidate.object),
    );
    const closest = Math.max(...found.map(({ specificity }) => specificity));
    return found.filter(({ specificity }) => specificity === closest);
  };
  const main = [home, snapshot.rootNamespace]
    .map(lookup)
    .find(found => found.length > 0);
  const namespaces = new Set(
    candidates
      .map(({ namespace }) => namespace)
      .filter(name => name !== home && name !== snapshot.rootNamespace),
  );
  const others = [
    ...[...namespaces].flatMap(lookup),
    ...candidates.filter(({ object }) => isSelective(object)),
  ];
  return {
    main: main?.map(({ object }) => object) ?? [],
    audience: main?.[0].audience ?? 'everyone',
    others: others.map(({ object }) => object),
  };
}

/** Whether the rule is only for the callers that its workloadSelector names. */
export function isSelective(rule: ConfigObject): boolean {
  return (
    new Field(rule.spec, 'spec', () => undefined)
      .at('workloadSelector')
      .at('matchLabels')
      .entries().length > 0
  );
}
