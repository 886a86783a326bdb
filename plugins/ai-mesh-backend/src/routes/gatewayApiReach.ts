import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
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
    const targets = spec
      .at('rules')
      .list()
      .flatMap(rule => [
        ...rule.at('backendRefs').list(),
        ...rule
          .at('filters')
          .list()
          .map(filter => filter.at('requestMirror').at('backendRef')),
      ])
      .flatMap(ref => readBackend(ref, namespace) ?? [])
      .filter(({ kind }) => kind === 'Service')
      .map(backend => `${backend.namespace}/${backend.name}`);
    return {
      services: new Set(parents('Service')),
      gateways: parents('Gateway'),
      targets: new Set(targets),
    };
  },
);

const target = (id: string) => `to ${id}`;

function keysOf(route: ConfigObject): string[] {
  const { services, targets } = gatewayApiReach(route);
  return [...services, ...[...targets].map(target)];
}

/** Routes of a kind that are attached to a Service, or lead to it, without a walk through all of them. */
export function gatewayApiRoutesAbout(
  routes: readonly ConfigObject[],
  service: { namespace: string; name: string },
): ConfigObject[] {
  const id = `${service.namespace}/${service.name}`;
  const groups = groupBy(routes, keysOf);
  return [
    ...new Set([...(groups.get(id) ?? []), ...(groups.get(target(id)) ?? [])]),
  ];
}
