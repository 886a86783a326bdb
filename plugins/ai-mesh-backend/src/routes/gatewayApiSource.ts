import { said, wording, type RouteNote } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field } from './Field';
import { readBackend } from './gatewayApiBackends';
import {
  gatewayApiReach,
  gatewayApiRoutesAbout,
  leadsTo,
} from './gatewayApiReach';
import { gatewayApiRules, inOrderOfPrecedence } from './gatewayApiRules';
import { serviceHost } from './hosts';
import { byAge, objectName, objectRef } from './objectRef';
import { MESH } from './reachability';
import type { RouteSource, RouteTable, ServiceName } from './RouteSource';
import { UnreadableNotes } from './UnreadableNotes';
import { addTo } from '../kubernetes/addTo';

/** HTTPRoutes and GRPCRoutes of the Gateway API, whose parents are Services (callers in the mesh) or Gateways. */
export const gatewayApiSource: RouteSource = {
  tables(snapshot, service) {
    const id = `${service.namespace}/${service.name}`;
    const routes = (['HTTPRoute', 'GRPCRoute'] as const).flatMap(kind =>
      gatewayApiRoutesAbout(snapshot, kind, service),
    );
    return [
      ...serviceTables(
        snapshot,
        service,
        routes.filter(route => gatewayApiReach(route).services.has(id)),
      ),
      ...routes
        .filter(route => leadsTo(snapshot, route, service))
        .filter(route => gatewayApiReach(route).gateways.length > 0)
        .map(route => gatewayTable(snapshot, route)),
    ];
  },
};

/** A route of the Service's own namespace is for all callers, one of another namespace for the callers there. */
function serviceTables(
  snapshot: MeshSnapshot,
  service: ServiceName,
  routes: ConfigObject[],
): RouteTable[] {
  const namespaces = new Map<string, ConfigObject[]>();
  for (const route of routes.sort(byAge)) {
    const namespace = route.metadata.namespace ?? '';
    addTo(namespaces, namespace, route);
  }
  return [...namespaces].map(([namespace, members]) => ({
    ...readRoutes(snapshot, members, [MESH]),
    specificity: Infinity,
    hosts: [serviceHost(service, snapshot.clusterDomain)],
    audience:
      namespace === service.namespace
        ? ('everyone' as const)
        : new Set([namespace]),
  }));
}

function gatewayTable(snapshot: MeshSnapshot, route: ConfigObject): RouteTable {
  const hostnames = new Field(route.spec, 'spec', () => undefined)
    .at('hostnames')
    .texts();
  return {
    ...readRoutes(snapshot, [route], gatewayApiReach(route).gateways),
    specificity: 0,
    hosts: hostnames.length > 0 ? hostnames : ['*'],
    audience: 'everyone',
  };
}

function readRoutes(
  snapshot: MeshSnapshot,
  routes: ConfigObject[],
  gateways: string[],
): Pick<RouteTable, 'objects' | 'rules' | 'notes'> {
  const unreadable = new UnreadableNotes(snapshot);
  const read = routes.map(route => ({
    route,
    spec: new Field(route.spec, 'spec', unreadable.reportOn(route)),
  }));
  const rules = inOrderOfPrecedence(
    read.flatMap(({ route, spec }) => gatewayApiRules(snapshot, route, spec)),
    gateways,
  );
  for (const { spec } of read) {
    spec.at('parentRefs').list();
    spec.at('hostnames').texts();
  }
  return {
    objects: routes,
    rules,
    notes: [
      ...read.flatMap(({ route, spec }) =>
        foreignBackends(snapshot, route, spec),
      ),
      ...unreadable.notes,
    ],
  };
}

/** A backend in another namespace needs that namespace's consent, which is not read here. */
function foreignBackends(
  snapshot: MeshSnapshot,
  route: ConfigObject,
  spec: Field,
): RouteNote[] {
  const namespace = route.metadata.namespace ?? '';
  const backends = spec
    .at('rules')
    .list()
    .flatMap(rule => rule.at('backendRefs').list())
    .flatMap(ref => readBackend(ref, namespace) ?? [])
    .filter(backend => backend.namespace !== namespace)
    .map(backend => `${backend.namespace}/${backend.name}`);
  return backends.length === 0
    ? []
    : [
        {
          kind: 'cross-namespace-backend',
          ...said(
            wording('route.otherNamespace', {
              route: objectName(route),
              backends: [...new Set(backends)].join(', '),
            }),
          ),
          objects: [objectRef(snapshot, route)],
        },
      ];
}
