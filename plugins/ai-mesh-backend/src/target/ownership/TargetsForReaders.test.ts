import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../__testUtils__/targetOf';
import type { Ownership } from './Ownership';
import type { OwnershipSettings } from './OwnershipSettings';
import { TargetsForReaders } from './TargetsForReaders';

const CHAT = 'component:default/chat';
const OTHER = 'component:default/other';
const TEAM = 'group:default/team';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'chat', namespace: 'default' },
};

type Said = Partial<Pick<Ownership, 'rule' | 'owners' | 'byOwners' | 'claims'>>;

/** What is shown and what is proven of a Service and of the one that its routes lead to. */
async function targetFor(
  whole: Said,
  part: Said,
  claims: OwnershipSettings['claims'] = 'unowned',
  byRoute?: true,
) {
  const cluster = clusterTargetOf(snapshotOf({}, { cluster: 'eu' }), [
    { namespace: 'ai', name: 'chat' },
    { namespace: 'ai', name: 'chat-v2' },
  ]);
  const target = {
    ...targetOf({
      ...cluster,
      parts: [
        {
          namespace: 'ai',
          name: 'chat-v2',
          of: 'chat',
          ...(byRoute && { byRoute }),
        },
      ],
    }),
    owners: [TEAM],
  };
  const targets = new TargetsForReaders({
    resolver: { resolve: async () => target },
    ownerships: {
      settings: { claims },
      judge: async (things: { ref: Ownership['ref'] }[]) =>
        things.map(({ ref }) => ({
          ref,
          owners: [],
          byOwners: [],
          claims: [],
          unseen: false,
          ...(ref.name === 'chat' ? whole : part),
        })),
    } as unknown as ConstructorParameters<
      typeof TargetsForReaders
    >[0]['ownerships'],
    readers: { look: async () => ({ seen: new Set(), readable: new Set() }) },
    clusters: ['eu'],
  });
  const { clusters } = await targets.resolve(entity, mockCredentials.user());
  const names = (list: readonly { name: string }[] = []) =>
    list.map(({ name }) => name);
  return {
    shown: names(clusters[0]?.services),
    proven: names(clusters[0]?.proven?.services),
  };
}

const both = ['chat', 'chat-v2'];
const chats: Said = { rule: 'service', owners: [CHAT] };
const byTeam: Said = { rule: 'namespace', byOwners: [TEAM] };
const others: Said = { rule: 'service', owners: [OTHER] };

describe('a Service that the routes of a claimed one lead to', () => {
  it.each<[string, Said, Said, string[], string[]]>([
    ["is the entity's with it", chats, {}, both, both],
    [
      "is the entity's where its namespace names the same owner",
      { ...byTeam, owners: [CHAT] },
      byTeam,
      both,
      both,
    ],
    [
      'is nothing of the entity where it is another’s',
      chats,
      others,
      ['chat'],
      ['chat'],
    ],
    [
      'is another’s who claims it under the same owner',
      { ...byTeam, owners: [CHAT] },
      { ...byTeam, owners: [OTHER] },
      ['chat'],
      ['chat'],
    ],
    [
      'is shown with one that is nobody’s, and proven as little',
      {},
      {},
      both,
      [],
    ],
    ['is withheld with one that is another’s', others, {}, [], []],
  ])('%s', async (_, whole, part, shown, proven) => {
    expect(await targetFor(whole, part)).toEqual({ shown, proven });
  });

  it('is withheld with it where nothing is shown without proof', async () => {
    expect(await targetFor({}, {}, 'none')).toEqual({ shown: [], proven: [] });
  });
});

describe('a Service that routes alone make a version of a claimed one', () => {
  it.each<[string, Said, Said, string[], string[]]>([
    ['is shown with it, and proven by nothing', chats, {}, both, ['chat']],
    [
      "is the entity's where its namespace names the same owner",
      { ...byTeam, owners: [CHAT] },
      byTeam,
      both,
      both,
    ],
    [
      'is no version where another entity claims it',
      chats,
      { claims: [OTHER] },
      ['chat'],
      ['chat'],
    ],
    ['is no version where it is another’s', chats, others, ['chat'], ['chat']],
    [
      'is shown with one that is nobody’s, and proven as little',
      {},
      {},
      both,
      [],
    ],
    ['is withheld with one that is another’s', others, {}, [], []],
  ])('%s', async (_, whole, part, shown, proven) => {
    expect(await targetFor(whole, part, 'unowned', true)).toEqual({
      shown,
      proven,
    });
  });

  it('is withheld where nothing is shown without proof', async () => {
    expect(await targetFor(chats, {}, 'none', true)).toEqual({
      shown: ['chat'],
      proven: ['chat'],
    });
  });
});
