import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { hostKeys, namingHost } from './hostKeys';
import { hostSpecificity } from './hosts';
import { byAge } from './objectRef';
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
  return serviceEntriesFor(snapshot, host)[0];
}

/** The ServiceEntries that name a host, the closest first, and of those that are as close the oldest. */
export function serviceEntriesFor(
  snapshot: MeshSnapshot,
  host: string,
): ConfigObject[] {
  const closeness = (entry: ConfigObject) =>
    Math.max(0, ...hostsOf(entry).map(name => hostSpecificity(name, host)));
  return namingHost(groupBy(snapshot.all('ServiceEntry'), keysOf), host)
    .map(entry => ({ entry, closeness: closeness(entry) }))
    .filter(found => found.closeness > 0)
    .sort((a, b) =>
      // Infinity minus itself is no number.
      a.closeness === b.closeness
        ? byAge(a.entry, b.entry)
        : b.closeness - a.closeness,
    )
    .map(({ entry }) => entry);
}

/** As written. */
export const exportToOfEntry = onceForEach((entry: ConfigObject) =>
  new Field(entry.spec, 'spec', () => undefined).at('exportTo').texts(),
);

function keysOf(entry: ConfigObject): string[] {
  return hostKeys(hostsOf(entry));
}
