import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceOfHost } from './hosts';
import { serviceEntriesFor, exportToOfEntry } from './serviceEntries';
import {
  audienceOf,
  exportToOf,
  isVisibleTo,
  type Audience,
} from './visibility';

const SERVICE_EXPORT_TO = 'networking.istio.io/exportTo';

/**
 * The namespaces whose workloads know a host: where a Service or a ServiceEntry has it and is exported to them.
 * Undefined: nothing has it.
 */
export function hostVisibility(
  snapshot: MeshSnapshot,
  host: string,
): Audience | undefined {
  const name = serviceOfHost(host, snapshot.clusterDomain);
  const service = name && snapshot.get('Service', name.namespace, name.name);
  const audiences = [
    ...(service
      ? [
          audience(
            snapshot,
            service.metadata.namespace ?? '',
            (service.metadata.annotations?.[SERVICE_EXPORT_TO] ?? '')
              .split(',')
              .map(entry => entry.trim())
              .filter(Boolean),
          ),
        ]
      : []),
    ...serviceEntriesFor(snapshot, host).map(entry =>
      entryAudience(snapshot, entry),
    ),
  ];
  if (audiences.length === 0) {
    return undefined;
  }
  return audiences.includes('everyone')
    ? 'everyone'
    : new Set(audiences.flatMap(known => [...known]));
}

/** The namespaces whose workloads know what a ServiceEntry says. */
export function entryAudience(
  snapshot: MeshSnapshot,
  entry: ConfigObject,
): Audience {
  return audience(
    snapshot,
    entry.metadata.namespace ?? '',
    exportToOfEntry(entry),
  );
}

/** The ServiceEntry that makes a host known to the workloads of a namespace; of several the closest, then the oldest. */
export function serviceEntrySeenBy(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): ConfigObject | undefined {
  return serviceEntriesFor(snapshot, host).find(entry =>
    isVisibleTo(entryAudience(snapshot, entry), namespace),
  );
}

/** Those that entries of the host name, for which it may be at home elsewhere than for all others. */
export function namedByEntries(snapshot: MeshSnapshot, host: string): string[] {
  return serviceEntriesFor(snapshot, host).flatMap(entry => {
    const known = entryAudience(snapshot, entry);
    return known === 'everyone' ? [] : [...known];
  });
}

function audience(
  snapshot: MeshSnapshot,
  namespace: string,
  written: readonly string[],
): Audience {
  const exportTo = exportToOf(snapshot, 'Service', namespace, written);
  // For a Service, `~` outweighs whatever else there is but `*`.
  return exportTo.includes('~') && !exportTo.includes('*')
    ? new Set()
    : audienceOf(exportTo, namespace);
}
