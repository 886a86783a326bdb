import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { hostKeys, namingHost, perDomain } from './hostKeys';
import { fullHost, hostSpecificity, serviceOfHost } from './hosts';
import { serviceEntrySeenBy } from './hostVisibility';
import { byAge } from './objectRef';
import { onceForEach } from './onceForEach';
import { audienceOf, exportToOf, isVisibleTo } from './visibility';

/** A DestinationRule that names a host, with what decides whose it is. */
export interface RuleCandidate {
  readonly object: ConfigObject;
  readonly namespace: string;
  /** How closely it names the host. */
  readonly specificity: number;
  readonly exportTo: readonly string[];
  /** The callers that it is for; empty: every one that sees it. */
  readonly selector: Readonly<Record<string, string>>;
}

/** A caller as its rules are looked up. */
export interface RuleCaller {
  readonly namespace: string;
  /** Absent: one that no `workloadSelector` is for. */
  readonly labels?: Readonly<Record<string, string>>;
}

const reach = onceForEach((object: ConfigObject) => {
  // Whoever reads the rest of the object reports what is unreadable.
  const spec = new Field(object.spec, 'spec', () => undefined);
  return {
    host: spec.at('host').text() ?? '',
    exportTo: spec.at('exportTo').texts(),
    selector: spec.at('workloadSelector').at('matchLabels').textMap(),
  };
});

const keysOf = perDomain(
  clusterDomain => (rule: ConfigObject) =>
    hostKeys([
      fullHost(reach(rule).host, rule.metadata.namespace ?? '', clusterDomain),
    ]),
);

/** Whether the rule is only for the callers that its workloadSelector names. */
export function isSelective({
  selector,
}: Pick<RuleCandidate, 'selector'>): boolean {
  return Object.keys(selector).length > 0;
}

/** The rules that name a host, whoever sees them; the oldest first. */
export function candidatesFor(
  snapshot: MeshSnapshot,
  host: string,
): RuleCandidate[] {
  const groups = groupBy(
    snapshot.all('DestinationRule'),
    keysOf(snapshot.clusterDomain),
  );
  return namingHost(groups, host)
    .flatMap(object => {
      const { host: pattern, exportTo, selector } = reach(object);
      const namespace = object.metadata.namespace ?? '';
      const specificity = hostSpecificity(
        fullHost(pattern, namespace, snapshot.clusterDomain),
        host,
      );
      return specificity === 0
        ? []
        : [
            {
              object,
              namespace,
              specificity,
              selector,
              // Istio exports no rule with a selector.
              exportTo: isSelective({ selector })
                ? ['.']
                : exportToOf(snapshot, 'DestinationRule', namespace, exportTo),
            },
          ];
    })
    .sort((a, b) => byAge(a.object, b.object));
}

/** The namespace that a host is at home in for callers of a namespace; undefined where they do not know it. */
export function homeOf(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): string | undefined {
  return (
    serviceOfHost(host, snapshot.clusterDomain)?.namespace ??
    serviceEntrySeenBy(snapshot, host, namespace)?.metadata.namespace
  );
}

/**
 * The rules that a caller applies to a host; several are merged, the oldest first.
 *
 * Istio looks in the caller's namespace, then in the host's, then in the root namespace, stops where it finds any, and
 * takes the most specific host there (`destinationRule` of `pilot/pkg/model/push_context.go`). A caller in the root
 * namespace takes only what is private there before the others.
 */
export function rulesOfCaller(
  candidates: readonly RuleCandidate[],
  caller: RuleCaller,
  { home, root }: { home: string | undefined; root: string },
): ConfigObject[] {
  const own = candidates.filter(
    candidate =>
      candidate.namespace === caller.namespace &&
      isLocal(candidate) &&
      (caller.namespace !== root || isPrivate(candidate)) &&
      (!isSelective(candidate) ||
        (caller.labels !== undefined &&
          hasLabels(caller.labels, candidate.selector))),
  );
  const places = [own, ...[home, root].map(exportedBy)];
  return places.map(closest).find(found => found.length > 0) ?? [];

  function exportedBy(namespace: string | undefined): RuleCandidate[] {
    return candidates.filter(
      candidate => candidate.namespace === namespace && !isPrivate(candidate),
    );
  }

  function closest(found: readonly RuleCandidate[]): ConfigObject[] {
    const most = Math.max(...found.map(({ specificity }) => specificity));
    const groups = consolidated(
      found.filter(({ specificity }) => specificity === most),
    ).filter(
      ({ exportTo, rules: [first] }) =>
        own.includes(first) ||
        isVisibleTo(audienceOf(exportTo, first.namespace), caller.namespace),
    );
    // A rule for these very workloads comes before all others; of the others the last group counts.
    const chosen =
      groups.find(({ rules }) => isSelective(rules[0])) ?? groups.at(-1);
    return chosen?.rules.map(({ object }) => object) ?? [];
  }
}

/** A caller in the rule's own namespace sees it. */
function isLocal({ exportTo, namespace }: RuleCandidate): boolean {
  return (
    exportTo.length === 0 ||
    ['*', '.', namespace].some(entry => exportTo.includes(entry))
  );
}

/** Nobody elsewhere sees it. */
function isPrivate({ exportTo, namespace }: RuleCandidate): boolean {
  return (
    exportTo.length > 0 &&
    exportTo.every(entry => entry === '.' || entry === namespace)
  );
}

interface Consolidated {
  readonly exportTo: readonly string[];
  readonly rules: RuleCandidate[];
}

/**
 * Rules of one host and namespace as Istio merges them: those with the same `exportTo`; a rule that is exported further
 * than one before it is merged into that one and stays on its own as well (`mergeDestinationRule` of
 * `pilot/pkg/model/destination_rule.go`).
 */
function consolidated(candidates: readonly RuleCandidate[]): Consolidated[] {
  const groups: Consolidated[] = [];
  for (const candidate of candidates) {
    let alone = true;
    for (const group of groups) {
      const [first] = group.rules;
      if (isSelective(first) || isSelective(candidate)) {
        continue;
      }
      const superset =
        group.exportTo.length > 0 &&
        group.exportTo.every(entry => candidate.exportTo.includes(entry));
      const same =
        candidate.exportTo.length === group.exportTo.length &&
        candidate.exportTo.every(entry => group.exportTo.includes(entry));
      if (same || superset) {
        group.rules.push(candidate);
      }
      alone &&= !same;
    }
    if (alone) {
      groups.push({ exportTo: candidate.exportTo, rules: [candidate] });
    }
  }
  return groups;
}
