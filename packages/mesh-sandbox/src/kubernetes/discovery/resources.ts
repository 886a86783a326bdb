import { ObjectStore } from '../../store/ObjectStore';
import { ResourceKind } from '../../store/ResourceKind';

/** A resource of a group and version, as discovery lists it. */
export interface ServedResource {
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: readonly ServedSubresource[];
}

export interface ServedSubresource {
  name: string;
  /** Where the subresource's kind is another's: `autoscaling/v1` `Scale`. */
  group: string;
  version: string;
  kind: string;
  verbs: readonly string[];
}

export interface ServedVersion {
  version: string;
  resources: readonly ServedResource[];
}

export interface ServedGroup {
  /** `''` is the core group. */
  group: string;
  /** Preferred first. */
  versions: readonly ServedVersion[];
}

const verbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const subresourceVerbs = ['get', 'patch', 'update'];

/** Groups whose resources are questions, not objects. */
const reviews: readonly ServedGroup[] = [
  {
    group: 'authorization.k8s.io',
    versions: [
      {
        version: 'v1',
        resources: ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'].map(
          kind => ({
            plural: `${kind.toLowerCase()}s`,
            singular: kind.toLowerCase(),
            kind,
            namespaced: false,
            verbs: ['create'],
            shortNames: [],
            categories: [],
            subresources: [],
          }),
        ),
      },
    ],
  },
];

/** Everything that discovery tells of, the core group first. */
export function servedGroups(kinds: ObjectStore['kinds']): ServedGroup[] {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return [
    ...groups.map(group => {
      const ofGroup = kinds.filter(kind => kind.group === group);
      const versions = [...new Set(ofGroup.flatMap(kind => kind.versions))];
      return {
        group,
        versions: versions.map(version => ({
          version,
          resources: ofGroup
            .filter(kind => kind.versions.includes(version))
            .map(kind => served(kind, version)),
        })),
      };
    }),
    ...reviews,
  ];
}

function served(kind: ResourceKind, version: string): ServedResource {
  const subresources: ServedSubresource[] = [];
  if (kind.statusSubresource) {
    subresources.push({
      name: 'status',
      group: kind.group,
      version,
      kind: kind.kind,
      verbs: subresourceVerbs,
    });
  }
  if (kind.scaleSubresource) {
    subresources.push({
      name: 'scale',
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      verbs: subresourceVerbs,
    });
  }
  return { ...kind, verbs, subresources };
}
