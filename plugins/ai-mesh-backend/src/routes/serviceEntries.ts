import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { hostKeys, namingHost } from './hostKeys';
import { hostSpecificity } from './hosts';
import { onceForEach } from './onceForEach';

const hostsOf = onceForEach((entry: ConfigObject) =>
  new Field(entry.spec, 'spec', () => undefined)
    .at('hosts')
    .texts()
    .map(host => host.toLowerCase()),
);

/** The ServiceEntry that makes a host known to the mesh; of several the one that names it most closely. */
export function serviceEntryFor(
  snapshot: MeshSnapshot,
  host: string,
): ConfigObject | undefined {
  const closeness = (entry: ConfigObject) =>
    Math.max(0, ...hostsOf(entry).map(name => hostSpecificity(name, host)));
  return namingHost(groupBy(snapshot.all('ServiceEntry'), keysOf), host)
    .map(entry => ({ entry, closeness: closeness(entry) }))
    .filter(found => found.closeness > 0)
    .reduce<{ entry?: ConfigObject; closeness: number }>(
      (best, found) => (found.closeness > best.closeness ? found : best),
      { closeness: 0 },
    ).entry;
}

function keysOf(entry: ConfigObject): string[] {
  return hostKeys(hostsOf(entry));
}
