import { apiVersionOf } from '../../store/KubeObject';
import { ServedGroup, ServedResource, ServedVersion } from './resources';

function groupVersions({ group, versions }: ServedGroup) {
  const served = versions.map(({ version }) => ({
    groupVersion: apiVersionOf(group, version),
    version,
  }));
  return { name: group, versions: served, preferredVersion: served[0] };
}

/** `/api` */
export function apiVersions() {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [],
  };
}

/** `/apis` */
export function apiGroupList(groups: readonly ServedGroup[]) {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.filter(({ group }) => group !== '').map(groupVersions),
  };
}

/** `/apis/<group>` */
export function apiGroup(group: ServedGroup) {
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupVersions(group) };
}

/** `/api/v1` and `/apis/<group>/<version>` */
export function apiResourceList(
  group: string,
  { version, resources }: ServedVersion,
) {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(group, version),
    resources: resources.flatMap(resource => [
      {
        name: resource.plural,
        singularName: resource.singular,
        namespaced: resource.namespaced,
        kind: resource.kind,
        verbs: resource.verbs,
        ...named(resource),
      },
      ...resource.subresources.map(sub => ({
        name: `${resource.plural}/${sub.name}`,
        singularName: '',
        namespaced: resource.namespaced,
        kind: sub.kind,
        verbs: sub.verbs,
        ...(sub.group !== group && { group: sub.group, version: sub.version }),
      })),
    ]),
  };
}

/** `/api` and `/apis` for clients that ask for everything at once. */
export function aggregatedDiscovery(groups: readonly ServedGroup[]) {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: { ...(group && { name: group }), creationTimestamp: null },
      versions: versions.map(({ version, resources }) => ({
        version,
        freshness: 'Current',
        resources: resources.map(resource => ({
          resource: resource.plural,
          responseKind: { group, version, kind: resource.kind },
          scope: resource.namespaced ? 'Namespaced' : 'Cluster',
          singularResource: resource.singular,
          verbs: resource.verbs,
          ...named(resource),
          subresources: resource.subresources.map(sub => ({
            subresource: sub.name,
            responseKind: {
              group: sub.group,
              version: sub.version,
              kind: sub.kind,
            },
            verbs: sub.verbs,
          })),
        })),
      })),
    })),
  };
}

function named({ shortNames, categories }: ServedResource) {
  return {
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  };
}
