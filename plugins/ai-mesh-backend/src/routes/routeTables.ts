import { LRUCache } from 'lru-cache';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { gatewayApiSource } from './gatewayApiSource';
import { onceForEach } from './onceForEach';
import type { RouteTable, ServiceName } from './RouteSource';
import { virtualServiceSource } from './virtualServiceSource';

/** More than one look asks for beside another. */
const MOST_SERVICES = 32;

const readOf = onceForEach(
  (_snapshot: MeshSnapshot) =>
    new LRUCache<string, readonly RouteTable[]>({ max: MOST_SERVICES }),
);

/**
 * The tables of all families that may send a request to a service. Who a service is split into, its routes and its review
 * ask for the same: of the services that were asked about last they are read once for each snapshot.
 */
export function routeTables(
  snapshot: MeshSnapshot,
  service: ServiceName,
): readonly RouteTable[] {
  const read = readOf(snapshot);
  const key = `${service.namespace}/${service.name}`;
  const tables =
    read.get(key) ??
    [virtualServiceSource, gatewayApiSource].flatMap(source =>
      source.tables(snapshot, service),
    );
  read.set(key, tables);
  return tables;
}
