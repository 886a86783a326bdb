import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from '../routes/Field';
import { serviceOfHost } from '../routes/hosts';
import { serviceEntryFor } from '../routes/serviceEntries';

/**
 * The ports that a host has, by its Service or its ServiceEntry; undefined where neither is known or says any, or where
 * there are more than are kept.
 */
export function portsOfHost(
  snapshot: MeshSnapshot,
  host: string,
): number[] | undefined {
  const name = serviceOfHost(host, snapshot.clusterDomain);
  const service = name && snapshot.get('Service', name.namespace, name.name);
  if (service?.spec?.morePorts) {
    return undefined;
  }
  const ports = service
    ? (service.spec?.ports ?? []).map(({ port }) => port)
    : new Field(serviceEntryFor(snapshot, host)?.spec, 'spec', () => undefined)
        .at('ports')
        .list()
        .flatMap(port => port.at('number').integer() ?? []);
  return ports.length > 0 ? ports : undefined;
}
