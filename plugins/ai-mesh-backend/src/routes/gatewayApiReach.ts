import { groupBy } from '../kubernetes/groupBy';
import { poolsOfService } from '../kubernetes/inferencePools';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { readBackend } from './gatewayApiBackends';
import { onceForEach } from './onceForEach';

/** What a Gateway API route is about, at a glance. */
export interface GatewayApiReach {
  /** Services that are its parents, `namespace/name`. */
  services: ReadonlySet<string>;
  /** Gateways that are its parents, `namespace/name`. */
  gateways: string[];
  /** Services that its rules send or mirror to, `namespace/name`. */
  targets: ReadonlySet<string>;
  /** InferencePools that its rules send or mirror to, `namespace/name`. */
  pools: ReadonlySet<string>;
}

export const gatewayApiReach = onceForEach(
  (route: ConfigObject): GatewayApiReach => {
    // Whoever reads the whole object reports what is unreadable.
    const spec = new Field(route.spec, 'spec', () => undefined);
    const namespace = route.metadata.namespace ?? '';
    const parents = (wanted: string) =>
      spec
        .at('parentRefs')
        .list()
        .filter(ref => (ref.at('kind').text() ?? 'Gateway') === wanted)
        .map(
          ref =>
            `${ref.at('namespace').text() ?? namespace}/${ref.at('name').text() ?? ''}`,
        );
    const backends = spec
      .at('rules')
      .list()
      .flatMap(rule => [
        ...rule.at('backendRefs').list(),
        ...rule
          .at('filters')
          .list()
          .map(filter => filter.at('requestMirror').at('backendRef')),
      ])
      .flatMap(ref => readBackend(ref, namespace) ?? []);
    const named = (wanted: string) =>
      new Set(
        backends
          .filter(({ kind }) => kind === wanted)
          .map(backend => `${backend.namespace}/${backend.name}`),
      );
    return {
      services: new Set(parents('Service')),
      gateways: parents('Gateway'),
      targets: named('Service'),
      pools: named('InferencePool'),
    };
  },
);

const target = (id: string) => `to ${id}`;
const pool = (id: string) => `to pool ${id}`;

function keysOf(route: ConfigObject): string[] {
  const { services, targets, pools } = gatewayApiReach(route);
  return [...services, ...[...targets].map(target), ...[...pools].map(pool)];
}

/** Routes of a kind that are attached to a Service, or lead to it or to pools of its pods, without a walk through all of them. */
export function gatewayApiRoutesAbout(
  snapshot: MeshSnapshot,
  kind: 'HTTPRoute' | 'GRPCRoute',
  service: { namespace: string; name: string },
): ConfigObject[] {
  const id = `${service.namespace}/${service.name}`;
  const groups = groupBy(snapshot.all(kind), keysOf);
  return [
    ...new Set(
      [id, target(id), ...poolIds(snapshot, service).map(pool)].flatMap(
        key => groups.get(key) ?? [],
      ),
    ),
  ];
}

/** Whether a route's rules lead to a Service, or to pools of its pods. */
export function leadsTo(
  snapshot: MeshSnapshot,
  route: ConfigObject,
  service: { namespace: string; name: string },
): boolean {
  const { targets, pools } = gatewayApiReach(route);
  return (
    targets.has(`${service.namespace}/${service.name}`) ||
    poolIds(snapshot, service).some(id => pools.has(id))
  );
}

function poolIds(
  snapshot: MeshSnapshot,
  service: { namespace: string; name: string },
): string[] {
  return poolsOfService(snapshot, service).map(
    ({ namespace, name }) => `${namespace}/${name}`,
  );
}
