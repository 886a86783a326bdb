import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import * as selectors from '../LabelSelector';
import type { MeshCluster, MeshClusters } from '../MeshClusters';
import { CatalogClaims } from './CatalogClaims';
import { ClaimedTargets } from './ClaimedTargets';
import { ServiceOwnerships } from './ServiceOwnerships';

jest.mock('../LabelSelector', () => {
  const actual = jest.requireActual('../LabelSelector');
  return { ...actual, meets: jest.fn(actual.meets) };
});

const MANY = 1000;
const names = Array.from({ length: MANY }, (_, n) => `s${n}`);

it.each([
  ['backstage.io/kubernetes-id', (name: string) => name],
  ['backstage.io/kubernetes-label-selector', (name: string) => `app=${name}`],
  [
    'backstage.io/kubernetes-label-selector',
    (name: string) => `tier!=cache,app in (${name}, other)`,
  ],
])(
  'finds what a thousand entities claim by %s, and tries no selector on what it cannot mean',
  async (annotation, valueOf) => {
    const objectOf = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Any',
      metadata: {
        namespace: 'ai',
        name,
        labels: { app: name, 'backstage.io/kubernetes-id': name },
      },
    });
    const snapshot = snapshotOf(
      {
        Service: names.map(name => ({
          ...objectOf(name),
          spec: { selector: { app: name } },
        })),
        Deployment: names.map(name => ({
          ...objectOf(name),
          spec: { template: objectOf(name) },
        })),
        Pod: names.map(objectOf),
      },
      { cluster: 'shop' },
    );
    const cluster = {
      name: 'shop',
      snapshots: { snapshot: async () => snapshot },
    } as unknown as MeshCluster;
    const clusters: MeshClusters = {
      list: () => [cluster],
      get: () => cluster,
    };
    const items = names.map((name): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        namespace: 'default',
        name,
        annotations: { [annotation]: valueOf(name) },
      },
    }));
    const claims = new CatalogClaims({
      catalog: {
        async *streamEntities() {
          yield items;
        },
        getEntitiesByRefs: async ({ entityRefs }) => ({
          items: entityRefs.map(() => undefined),
        }),
      },
      auth: mockServices.auth(),
      clusters: ['shop'],
    });
    const targets = new ClaimedTargets({
      clusters,
      claims,
      ownerships: new ServiceOwnerships({
        clusters,
        claims,
        settings: {
          claims: 'unowned',
          namespaces: [],
          trustedLocations: [],
          mostServices: 20,
        },
      }),
      now: () => 0,
    });
    jest.mocked(selectors.meets).mockClear();
    const found = await targets.list();
    expect(
      found.map(({ services }) =>
        services.map(({ ref, ownership }) => [ref.name, ownership.claims]),
      ),
    ).toEqual(names.map(name => [[name, [`component:default/${name}`]]]));
    expect(jest.mocked(selectors.meets).mock.calls.length).toBeLessThan(
      20 * MANY,
    );
  },
);
