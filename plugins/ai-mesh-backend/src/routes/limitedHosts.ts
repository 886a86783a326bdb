import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { limitsSomething } from '../telemetry';
import { policySettings, subsetSettings } from './breakerSettings';
import { Field } from './Field';
import { fullHost, hostSpecificity, serviceHost } from './hosts';
import { onceForEach } from './onceForEach';

/** Of Envoy's clusters, so that six statistics of each, at several ports, are not near what a view of one entity reads. */
const MOST_CLUSTERS = 120;
/** Of the clusters that all proxies export together: each does for every host that it may call. */
const MOST_EXPORTED = 5000;

const limitsOf = onceForEach(
  ({ apiVersion, kind, metadata, spec }: ConfigObject) => {
    // Whoever reads the rest of the object reports what is unreadable.
    const rule = new Field(spec, 'spec', () => undefined);
    const policy = rule.at('trafficPolicy');
    const subsets = rule.at('subsets').list();
    const object = { cluster: '', apiVersion, kind, name: metadata.name };
    const settings = [
      ...policySettings(policy, object),
      ...subsets.flatMap(subset => subsetSettings(subset, policy, object)),
    ];
    return settings.some(limitsSomething)
      ? { host: rule.at('host').text() ?? '', clusters: 1 + subsets.length }
      : undefined;
  },
);

/**
 * The hosts of a cluster whose circuit breakers can reject a request or eject a host, where these are so few that Envoy's
 * statistics of all of them cost little more than those of one neighbourhood; none where they are more. Hosts outside the
 * mesh that only a wildcard names are not among them.
 */
export function limitedHosts(snapshot: MeshSnapshot): string[] {
  const most = Math.min(
    MOST_CLUSTERS,
    MOST_EXPORTED / Math.max(1, snapshot.all('Pod').length),
  );
  const hosts = new Set<string>();
  let clusters = 0;
  for (const rule of snapshot.all('DestinationRule')) {
    const limits = limitsOf(rule);
    if (limits) {
      for (const host of namedBy(limits.host, rule, snapshot)) {
        hosts.add(host);
        clusters += limits.clusters;
        if (clusters > most) {
          return [];
        }
      }
    }
  }
  return [...hosts];
}

function* namedBy(
  written: string,
  { metadata }: ConfigObject,
  snapshot: MeshSnapshot,
): Iterable<string> {
  const { clusterDomain } = snapshot;
  const pattern = fullHost(written, metadata.namespace ?? '', clusterDomain);
  if (!pattern.startsWith('*')) {
    yield pattern;
    return;
  }
  for (const service of snapshot.all('Service')) {
    const { namespace = '', name } = service.metadata;
    const host = serviceHost({ namespace, name }, clusterDomain);
    if (hostSpecificity(pattern, host) > 0) {
      yield host;
    }
  }
}
