import { mockCredentials } from '@backstage/backend-test-utils';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import type { PodObject, ServiceObject } from '../../kubernetes/kinds';
import { ownedObjects } from '../__testUtils__/ownedObjects';
import { clusterTargetOf, targetOf } from '../__testUtils__/targetOf';
import { HiddenNeighbours } from './HiddenNeighbours';
import type { Neighbour } from './Neighbour';
import { judgeOwnership } from './Ownership';
import type { OwnershipSettings } from './OwnershipSettings';

const TEAM = 'group:default/team';
const CHAT = 'component:default/chat';
const OTHER = 'component:default/other';
const claimants = [
  { entityRef: CHAT, owners: [TEAM] },
  { entityRef: OTHER, owners: [TEAM] },
];

const pod = (
  name: string,
  owner: { kind: string; name: string } | undefined,
  more: { labels?: Record<string, string>; serviceAccountName?: string } = {},
): PodObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: 'shop',
    name,
    labels: more.labels,
    ownerReferences: owner && [{ apiVersion: 'x/v1', ...owner }],
  },
  spec: { containers: [], serviceAccountName: more.serviceAccountName },
});

const marked: ServiceObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    namespace: 'shop',
    name: 'cart',
    annotations: { 'ai-mesh.io/entity': OTHER },
  },
  spec: { selector: { app: 'cart' } },
};

const east = snapshotOf(
  {
    ...ownedObjects,
    Service: [...ownedObjects.Service, marked],
    Pod: [
      ...ownedObjects.Pod,
      pod(
        'cart-abc-x',
        { kind: 'Rollout', name: 'cart-rollout' },
        {
          labels: { app: 'cart' },
          serviceAccountName: 'buyer',
        },
      ),
      pod(
        'sweep-1',
        { kind: 'Job', name: 'sweep' },
        {
          labels: { app: 'cart' },
        },
      ),
      pod('lonely', undefined, { labels: { app: 'cart' } }),
      pod('nobodys', undefined),
    ],
  },
  { cluster: 'east' },
);
const west = snapshotOf({ Service: [marked] }, { cluster: 'west' });
const blind = snapshotOf(
  { Deployment: ownedObjects.Deployment },
  {
    cluster: 'blind',
    states: {
      Service: { status: 'forbidden' },
      Namespace: { status: 'forbidden' },
    },
  },
);

/** Those that are hidden from somebody who may see some entities. */
async function among(
  neighbours: readonly Neighbour[],
  readable: readonly string[] = [CHAT],
  settings: Partial<OwnershipSettings> = {},
) {
  const snapshots = new Map([east, west, blind].map(one => [one.cluster, one]));
  return new HiddenNeighbours({
    clusters: {
      get: name => {
        const snapshot = snapshots.get(name);
        return snapshot && clusterTargetOf(snapshot, []).cluster;
      },
    },
    ownerships: {
      judge: async things =>
        things.map(thing =>
          judgeOwnership(
            thing,
            { exists: () => true, claiming: () => [] },
            {
              claims: 'unowned',
              namespaces: [],
              trustedLocations: [],
              mostServices: 50,
              ...settings,
            },
          ),
        ),
    },
    claims: { claimants: async () => claimants },
    readers: {
      look: async refs => {
        const seen = new Set(refs.filter(ref => readable.includes(ref)));
        return { seen, readable: seen };
      },
    },
  }).among(
    neighbours,
    targetOf(clusterTargetOf(east, [{ namespace: 'ai', name: 'chat' }])),
    mockCredentials.user(),
  );
}

/** The names of those that are hidden. */
async function hidden(
  names: readonly (readonly [string, string | undefined, string])[],
  readable?: readonly string[],
  settings?: Partial<OwnershipSettings>,
) {
  const found = await among(
    names.map(([cluster, namespace, name]) => ({
      clusters: [cluster],
      namespace,
      name,
    })),
    readable,
    settings,
  );
  return found.map(({ name }) => name);
}

describe('HiddenNeighbours', () => {
  it.each([
    ['a Service', 'east', 'cart'],
    ['a Service of another cluster', 'west', 'cart'],
    ['a Rollout that the Service selects', 'east', 'cart-rollout'],
    ['a Job', 'east', 'sweep'],
    ['a pod that nothing controls', 'east', 'lonely'],
    ['a service account', 'east', 'buyer'],
    ['what is called as an application by its label', 'east', 'cart'],
  ])('hides %s that is another entity’s', async (_, cluster, name) => {
    expect(await hidden([[cluster, 'shop', name]])).toContain(name);
    expect(await hidden([[cluster, undefined, name]])).toContain(name);
    expect(await hidden([[cluster, 'shop', name]], [CHAT, OTHER])).toEqual([]);
  });

  it('hides what nobody can look at, or nobody knows', async () => {
    expect(
      await hidden([
        ['nowhere', 'ai', 'chat'],
        ['east', 'shop', 'gone'],
        ['blind', 'ai', 'other'],
      ]),
    ).toEqual(['chat', 'gone', 'other']);
  });

  it.each([
    ['by itself', undefined, 'cart', 'shop'],
    ['behind its namespace', 'shop', 'cart', 'shop'],
    ['behind what is no namespace, as in svc/cart', 'svc', 'cart', 'shop'],
    ['by its pod', undefined, 'cart-abc-x', 'shop'],
  ])(
    'hides a word of a text that names it %s',
    async (_, namespace, name, real) => {
      const word = {
        clusters: ['east'],
        namespace,
        name,
        ifKnown: true as const,
      };
      expect(await among([word])).toContainEqual({ ...word, namespace: real });
      expect(await among([word], [CHAT, OTHER])).toEqual([]);
    },
  );

  it('leaves words of a text that nothing is called by, and what is of another namespace', async () => {
    const word = (namespace: string | undefined, name: string) => ({
      clusters: ['east', 'blind', 'nowhere'],
      namespace,
      name,
      ifKnown: true as const,
    });
    expect(
      await among([
        word(undefined, 'plaintext'),
        word('svc', 'plaintext'),
        word('ai', 'cart'),
        word('east', 'ai'),
      ]),
    ).toEqual([]);
  });

  it('shows what is the entity’s own, and what is nobody’s', async () => {
    expect(
      await hidden([
        ['east', 'ai', 'chat'],
        ['east', 'ai', 'external'],
        ['east', 'shop', 'nobodys'],
      ]),
    ).toEqual([]);
  });

  it('brings along the workloads behind a Service', async () => {
    expect(await hidden([['east', 'shop', 'cart']])).toEqual([
      'cart',
      'cart-rollout',
      'sweep',
      'lonely',
    ]);
  });

  it('shows a team’s workload without labels to whoever may see all of the team’s entities', async () => {
    const mapped = { namespaces: [{ namespace: '*', owners: [TEAM] }] };
    const names = [['east', 'ai', 'other']] as const;
    expect(await hidden(names, [CHAT, OTHER], mapped)).toEqual([]);
    expect(await hidden(names, [CHAT], mapped)).toEqual(['other']);
  });
});
