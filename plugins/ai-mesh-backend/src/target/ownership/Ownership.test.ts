import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import type { MeshKind } from '../../kubernetes/kinds';
import { CatalogClaims } from './CatalogClaims';
import { claimantOf } from './Claimant';
import { mayReadByClaim } from './mayReadByClaim';
import { serviceThing } from './MeshThing';
import { isProven, whyNotProven } from './proveOwnership';
import { isContested, judgeOwnership } from './Ownership';
import type { OwnershipSettings } from './OwnershipSettings';

const settings: OwnershipSettings = {
  claims: 'unowned',
  namespaces: [],
  trustedLocations: [],
  mostServices: 50,
};
const SERVICE = 'ai-mesh.io/service';
const ID = 'backstage.io/kubernetes-id';

type Marks = {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};

/** A component with annotations and an owner. */
const entity = (
  name: string,
  annotations: Record<string, string> = { [SERVICE]: 'ai/chat' },
  owner = `${name}-team`,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});

async function judge(
  service: Marks,
  namespace: Marks,
  entities: Entity[],
  more: Partial<OwnershipSettings> = {},
  unknown: readonly MeshKind[] = [],
) {
  const snapshot = snapshotOf(
    {
      Namespace: [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'ai', ...namespace },
        },
      ],
      Service: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { namespace: 'ai', name: 'chat', ...service },
          spec: {},
        },
      ],
    },
    {
      cluster: 'eu',
      states: Object.fromEntries(
        unknown.map(kind => [kind, { status: 'forbidden', message: 'no' }]),
      ),
    },
  );
  const thing = serviceThing(snapshot, { namespace: 'ai', name: 'chat' });
  const byRef = new Map(entities.map(one => [stringifyEntityRef(one), one]));
  const claims = new CatalogClaims({
    catalog: {
      async *streamEntities() {
        yield entities;
      },
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref => byRef.get(ref)),
      }),
    },
    auth: { getOwnServiceCredentials: async () => ({}) as never },
    clusters: ['eu'],
  });
  const all = { ...settings, ...more };
  const known = await claims.about(
    [thing],
    all.namespaces.flatMap(({ owners }) => owners),
  );
  return judgeOwnership(thing, known, all);
}

const A = 'component:default/a';
const B = 'component:default/b';
const mapTo = (...owners: string[]) => ({
  namespaces: [{ namespace: 'a*', owners }],
});
const fromGit = (name: string) =>
  entity(name, {
    [SERVICE]: 'ai/chat',
    'backstage.io/managed-by-location':
      'url:https://git.example.com/catalog/x.yaml',
  });
const trusting = { trustedLocations: ['url:https://git.example.com/catalog/'] };

describe('judgeOwnership', () => {
  it.each<
    [
      string,
      Marks,
      Marks,
      Partial<OwnershipSettings>,
      string | undefined,
      string[],
    ]
  >([
    ['nothing', {}, {}, {}, undefined, []],
    [
      'an annotation of the Service',
      { annotations: { 'ai-mesh.io/entity': 'component:default/a' } },
      {},
      {},
      'service',
      [A],
    ],
    [
      'a label of the Service, with a name alone',
      { labels: { 'ai-mesh.io/entity': 'a' } },
      {},
      {},
      'service',
      [A],
    ],
    [
      'an annotation before a label',
      {
        annotations: { 'ai-mesh.io/entity': 'b' },
        labels: { 'ai-mesh.io/entity': 'a' },
      },
      {},
      {},
      'service',
      [B],
    ],
    [
      'several entities',
      { annotations: { 'ai-mesh.io/entity': 'a, component:b' } },
      {},
      {},
      'service',
      [A, B],
    ],
    [
      'an owner, of whom an entity claims it',
      { labels: { 'ai-mesh.io/owner': 'b-team' } },
      {},
      {},
      'service',
      [B],
    ],
    [
      'an owner without an entity: nobody’s, and not free',
      { labels: { 'ai-mesh.io/owner': 'c-team' } },
      {},
      mapTo('group:default/a-team'),
      'service',
      [],
    ],
    [
      'an entity that there is not',
      { labels: { 'ai-mesh.io/entity': 'c' } },
      { labels: { 'ai-mesh.io/entity': 'a' } },
      {},
      'service',
      [],
    ],
    [
      'a text that is no reference',
      { annotations: { 'ai-mesh.io/entity': ':' } },
      { labels: { 'ai-mesh.io/entity': 'a' } },
      {},
      'service',
      [],
    ],
    ['the id of an entity', { labels: { [ID]: 'a' } }, {}, {}, 'service', [A]],
    [
      'an id that no entity is called by: the next rule',
      { labels: { [ID]: 'c' } },
      { labels: { 'ai-mesh.io/entity': 'b' } },
      {},
      'namespace',
      [B],
    ],
    [
      'the Service before its namespace',
      { labels: { 'ai-mesh.io/entity': 'a' } },
      { labels: { 'ai-mesh.io/entity': 'b' } },
      {},
      'service',
      [A],
    ],
    [
      'the namespace before the map',
      {},
      { annotations: { 'ai-mesh.io/owner': 'group:default/a-team' } },
      mapTo('group:default/b-team'),
      'namespace',
      [A],
    ],
    [
      'an explicit mark alone, beside an id',
      { labels: { 'ai-mesh.io/entity': 'b', [ID]: 'a' } },
      {},
      {},
      'service',
      [B],
    ],
    [
      'an explicit mark that names nobody, beside an id',
      { annotations: { 'ai-mesh.io/owner': ':' }, labels: { [ID]: 'a' } },
      {},
      {},
      'service',
      [],
    ],
    [
      'an explicit mark of the namespace before an id of the Service',
      { labels: { [ID]: 'a' } },
      { annotations: { 'ai-mesh.io/owner': 'b-team' } },
      {},
      'namespace',
      [B],
    ],
    [
      'the map before an id of the Service',
      { labels: { [ID]: 'a' } },
      {},
      mapTo(B),
      'namespace-map',
      [B],
    ],
    [
      'the map before an id of the namespace',
      {},
      { labels: { [ID]: 'a' } },
      mapTo(B),
      'namespace-map',
      [B],
    ],
    [
      'the id of the Service before that of the namespace',
      { labels: { [ID]: 'a' } },
      { labels: { [ID]: 'b' } },
      {},
      'service',
      [A],
    ],
    [
      'an id of the namespace',
      {},
      { labels: { [ID]: 'a' } },
      {},
      'namespace',
      [A],
    ],
    [
      'twenty references',
      { annotations: { 'ai-mesh.io/entity': `a${',x'.repeat(19)}` } },
      {},
      {},
      'service',
      [A],
    ],
    [
      'more than twenty references: nobody’s, and not free',
      { annotations: { 'ai-mesh.io/entity': `a${',x'.repeat(20)}` } },
      {},
      mapTo(B),
      'service',
      [],
    ],
    [
      'more than 2,000 characters: nobody’s, and not free',
      { annotations: { 'ai-mesh.io/entity': `a,${'x'.repeat(2000)}` } },
      {},
      mapTo(B),
      'service',
      [],
    ],
    [
      'the map, by owner',
      {},
      {},
      mapTo('group:default/b-team'),
      'namespace-map',
      [B],
    ],
    ['the map, by entity', {}, {}, mapTo(A), 'namespace-map', [A]],
    [
      'a map of another cluster',
      {},
      {},
      { namespaces: [{ cluster: 'us', namespace: 'ai', owners: [A] }] },
      undefined,
      [],
    ],
  ])('goes by %s', async (_, service, namespace, more, rule, owners) => {
    const entities = [entity('a'), entity('b')];
    const ownership = await judge(service, namespace, entities, more);
    expect({ rule: ownership.rule, owners: ownership.owners }).toEqual({
      rule,
      owners,
    });
    expect(ownership.claims).toEqual([A, B]);
    expect(isContested(ownership)).toBe(owners.length < 2);
  });

  it.each<[string, string, string]>([
    ['a', 'entity', ''],
    [
      `a${',x'.repeat(20)}`,
      'entity',
      ' (its 21 references are more than the 20 that count, so that it names nobody)',
    ],
    [
      'x'.repeat(2001),
      'owner',
      ' (its 2001 characters are more than the 2000 that are read, so that it names nobody)',
    ],
    ['a,:', 'entity', ' (1 of its 2 references cannot be read)'],
    [':', 'owner', ' (1 of its 1 references cannot be read)'],
  ])('says what of the mark %p cannot count', async (value, mark, trouble) => {
    const annotations = { [`ai-mesh.io/${mark}`]: value };
    const { evidence } = await judge({ annotations }, {}, [entity('a')]);
    expect(inEnglish([evidence!])).toContain(
      `annotation ai-mesh.io/${mark}${trouble} of Service`,
    );
  });

  it('trusts a location last, and only what is below it', async () => {
    const entities = [fromGit('a'), entity('b')];
    expect(await judge({}, {}, entities, trusting)).toMatchObject({
      rule: 'location',
      owners: [A],
      claims: [A, B],
    });
    expect(
      (await judge({}, {}, entities, { ...trusting, ...mapTo(B) })).owners,
    ).toEqual([B]);
    const elsewhere = { trustedLocations: ['url:https://git.example.com/cat'] };
    expect((await judge({}, {}, entities, elsewhere)).owners).toEqual([]);
  });

  it.each([
    'url:https://git.example.com/catalog/../evil/x.yaml',
    'url:https://git.example.com/catalog/./x.yaml',
    'url:https://git.example.com/catalog/%2e%2E/evil/x.yaml',
    'url:https://git.example.com/catalog/.%2e%2Fevil/x.yaml',
    'url:https://git.example.com/catalog/a%2f..%2f..%2fevil/x.yaml',
    'url:https://git.example.com/catalog/%252e%252e/evil/x.yaml',
    'url:https://git.example.com/catalog/..\\evil/x.yaml',
    'url:https://git.example.com/catalog/..',
    'url:https://git.example.com/catalog/?path=../evil/x.yaml',
  ])('does not trust %s, which leads elsewhere', async location => {
    const a = entity('a', {
      [SERVICE]: 'ai/chat',
      'backstage.io/managed-by-location': location,
    });
    expect((await judge({}, {}, [a], trusting)).owners).toEqual([]);
  });

  it('trusts names that only begin with a dot or hold two', async () => {
    const a = entity('a', {
      [SERVICE]: 'ai/chat',
      'backstage.io/managed-by-location':
        'url:https://git.example.com/catalog/.github/a..b/x.yaml',
    });
    expect((await judge({}, {}, [a], trusting)).owners).toEqual([A]);
  });

  const ofA: Marks = { labels: { 'ai-mesh.io/entity': 'a' } };
  const idOfA: Marks = { labels: { [ID]: 'a' } };
  it.each<
    [string, Marks, Marks, Partial<OwnershipSettings>, MeshKind, boolean]
  >([
    ['a mark of the Service', ofA, {}, {}, 'Namespace', true],
    ['a mark of the namespace', {}, ofA, {}, 'Service', false],
    ['the map', {}, {}, mapTo(A), 'Service', false],
    ['the map', {}, {}, mapTo(A), 'Namespace', false],
    ['the map', {}, {}, mapTo(A), 'Deployment', true],
    ['an id of the Service', idOfA, {}, {}, 'Namespace', false],
    ['an id of the namespace', {}, idOfA, {}, 'Service', false],
    ['a location', {}, {}, trusting, 'Service', false],
    ['a location', {}, {}, trusting, 'Namespace', false],
  ])(
    'goes by %s for changes while it cannot see all that goes before (%#)',
    async (_, service, namespace, more, unknown, proven) => {
      const ownership = await judge(service, namespace, [fromGit('a')], more, [
        unknown,
      ]);
      expect(ownership.owners).toEqual([A]);
      expect(isProven(ownership, A)).toBe(proven);
      expect(
        inEnglish([whyNotProven(ownership, A)]).includes(
          `objects of kind ${unknown} goes before`,
        ),
      ).toBe(!proven);
    },
  );

  it('proves nothing by anything that an entity says of itself', async () => {
    const names = [
      SERVICE,
      ID,
      'backstage.io/kubernetes-label-selector',
      'backstage.io/kubernetes-namespace',
      'ai-mesh.io/entity',
      'ai-mesh.io/owner',
    ];
    const values = [
      'ai/chat',
      'eu/ai/chat',
      'app=chat',
      '!x',
      'chat',
      'a',
      'component:default/a',
      'evil',
      'ai',
      'group:default/a-team',
      '*',
      '',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values)),
        fc.constantFrom<Marks>(
          {},
          { labels: { app: 'chat', [ID]: 'a' } },
          { labels: { [ID]: 'chat' } },
          { annotations: { 'ai-mesh.io/owner': 'a-team' } },
        ),
        async (annotations, marks) => {
          const { owners, rule } = await judge(
            marks,
            {},
            [entity('a'), entity('evil', annotations)],
            trusting,
          );
          expect(owners).not.toContain('component:default/evil');
          const entities = [entity('evil', annotations)];
          const alone = await judge(marks, {}, entities, trusting);
          expect(alone.owners).toEqual([]);
          expect(rule === 'location').toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('counts an entity as it was read just now', async () => {
    const evil = claimantOf(entity('evil'), ['eu']);
    expect(evil.query?.find).toBe('services');
    const { claims } = await judge({}, {}, [entity('a'), entity('evil', {})]);
    expect(claims).toEqual([A]);
  });
});

describe('mayReadByClaim', () => {
  const ownership = {
    ref: { cluster: 'eu', namespace: 'ai', name: 'chat' },
    owners: [] as string[],
    byOwners: [],
    claims: [A],
    unseen: false,
  };
  const owned = { ...ownership, rule: 'service' as const, owners: [B] };
  const nobody = { ...ownership, rule: 'service' as const };
  const all = (claims: OwnershipSettings['claims'], readable = false) =>
    [
      ownership,
      owned,
      nobody,
      { ...ownership, unseen: true },
      { ...ownership, unseen: true, claims: [A, B] },
      { ...owned, owners: [A] },
    ].map(one => mayReadByClaim(one, A, { claims }, () => readable));

  it.each([
    ['any', false, [true, true, true, true, true, true]],
    ['unowned', false, [true, false, false, true, false, true]],
    ['unowned', true, [true, true, false, true, false, true]],
    ['none', false, [false, false, false, false, false, true]],
    ['none', true, [false, true, false, false, false, true]],
  ] as const)(
    'with claims of %s, and the owner readable: %s',
    (claims, readable, expected) => {
      expect(all(claims, readable)).toEqual(expected);
    },
  );
});
