import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { fullHost, hostSpecificity, serviceOfHost } from '../routes/hosts';
import { byAge } from '../routes/objectRef';
import { audienceOf, isVisibleTo } from '../routes/visibility';
import { clientTlsRules, type ClientTlsRules } from './ClientTlsRules';

/** Where rules with wildcards are kept, whatever they match. */
const WILDCARDS = '*';

/** The callers whose view of the DestinationRules is asked for. */
export interface CallerScope {
  readonly namespace: string;
  /** Absent: a caller that no `workloadSelector` is for. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The DestinationRules that a caller applies to a host; several are merged, the oldest first.
 *
 * Istio looks in the caller's namespace, then in the called service's, then in the root namespace, and stops where it
 * finds any; in one namespace the most specific host counts alone.
 *
 * @param host - full host name of the called service
 */
export function callerDestinationRules(
  snapshot: MeshSnapshot,
  caller: CallerScope,
  host: string,
): ClientTlsRules[] {
  const { rootNamespace } = snapshot;
  const places = [
    caller.namespace === rootNamespace ? undefined : caller.namespace,
    serviceOfHost(host, snapshot.clusterDomain)?.namespace,
    rootNamespace,
  ];
  for (const namespace of new Set(places)) {
    const found =
      namespace === undefined
        ? []
        : inNamespace(snapshot, namespace, caller, host);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

function inNamespace(
  snapshot: MeshSnapshot,
  namespace: string,
  caller: CallerScope,
  host: string,
): ClientTlsRules[] {
  const own = namespace === caller.namespace;
  const candidates = forHost(snapshot, namespace, host)
    .filter(({ rules }) =>
      own
        ? !rules.exportTo.includes('~')
        : isVisibleTo(audienceOf(rules.exportTo, namespace), caller.namespace),
    )
    .filter(({ rules }) => isFor(rules, own ? caller.labels : undefined));
  const closest = Math.max(...candidates.map(({ closeness }) => closeness));
  const matching = candidates
    .filter(({ closeness }) => closeness === closest)
    .map(({ rules }) => rules)
    .sort((a, b) => byAge(a.object, b.object));
  // A rule for these very workloads replaces those for everyone.
  const selected = matching.filter(hasSelector);
  return selected.length > 0 ? selected.slice(0, 1) : matching;
}

function isFor(
  rules: ClientTlsRules,
  labels: CallerScope['labels'] | undefined,
): boolean {
  return !hasSelector(rules) || hasLabels(labels, rules.workloadSelector);
}

function hasSelector({ workloadSelector }: ClientTlsRules): boolean {
  return Object.keys(workloadSelector).length > 0;
}

/** The rules of a namespace that name the host, with how closely they do. */
function forHost(
  snapshot: MeshSnapshot,
  namespace: string,
  host: string,
): { rules: ClientTlsRules; closeness: number }[] {
  const byHost = groupBy(
    snapshot.inNamespace('DestinationRule', namespace),
    writtenHosts,
  );
  const service = serviceOfHost(host, snapshot.clusterDomain);
  const spellings = [
    host,
    ...(service?.namespace === namespace ? [service.name] : []),
    WILDCARDS,
  ];
  return spellings
    .flatMap(spelling => byHost.get(spelling) ?? [])
    .map(object => {
      const rules = clientTlsRules(object);
      const full = fullHost(rules.host!, namespace, snapshot.clusterDomain);
      return { rules, closeness: hostSpecificity(full, host) };
    })
    .filter(({ closeness }) => closeness > 0);
}

function writtenHosts(object: ConfigObject): string[] {
  const host = clientTlsRules(object).host?.toLowerCase();
  if (host === undefined) {
    return [];
  }
  return [host.startsWith('*') ? WILDCARDS : host];
}

/** The namespaces, besides the root, whose rules name the host: their callers may see something else than others. */
export function namespacesWithRules(
  snapshot: MeshSnapshot,
  host: string,
): string[] {
  const named = rulesNaming(snapshot, host).map(
    ({ object }) => object.metadata.namespace ?? '',
  );
  return [...new Set(named)].filter(name => name !== snapshot.rootNamespace);
}

/** The rules that name the host, wherever they are and whoever sees them. */
export function rulesNaming(
  snapshot: MeshSnapshot,
  host: string,
): ClientTlsRules[] {
  const byHost = groupBy(snapshot.all('DestinationRule'), writtenHosts);
  const service = serviceOfHost(host, snapshot.clusterDomain);
  return [host, ...(service ? [service.name] : []), WILDCARDS]
    .flatMap(spelling => byHost.get(spelling) ?? [])
    .map(clientTlsRules)
    .filter(
      ({ object, host: written }) =>
        hostSpecificity(
          fullHost(
            written!,
            object.metadata.namespace ?? '',
            snapshot.clusterDomain,
          ),
          host,
        ) > 0,
    );
}
