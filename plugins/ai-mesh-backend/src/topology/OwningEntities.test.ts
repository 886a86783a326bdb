import { mockCredentials } from '@backstage/backend-test-utils';
import type { Ownership } from '../target/ownership';
import { OwningEntities } from './OwningEntities';

const service = { cluster: 'east', namespace: 'ai', name: 'chat' };
const reader = mockCredentials.user();

const marked: Partial<Ownership> = {
  rule: 'service',
  owners: ['api:default/chat', 'component:default/chat'],
};

function find(
  ownership: Partial<Ownership>,
  {
    seen = [
      'component:default/chat',
      'api:default/chat',
      'component:default/x',
    ],
    claims = 'unowned' as const,
  }: { seen?: string[]; claims?: 'any' | 'unowned' } = {},
) {
  const settings = {
    claims,
    namespaces: [],
    trustedLocations: [],
    mostServices: 50,
  };
  const none = { owners: [], byOwners: [], claims: [], unseen: false };
  return new OwningEntities({
    ownerships: {
      settings,
      of: async services =>
        services.map(ref => ({ ref, ...none, ...ownership })),
    },
    readers: {
      look: async refs => ({
        seen: new Set(refs.filter(ref => seen.includes(ref))),
        readable: new Set(),
      }),
    },
  })
    .forReader(reader)
    .findMany([service]);
}

describe('OwningEntities', () => {
  it('names the entity that provably owns a Service, a Component before others', async () => {
    expect(await find(marked)).toEqual(['component:default/chat']);
  });

  it('prefers one that claims it too', async () => {
    expect(await find({ ...marked, claims: ['api:default/chat'] })).toEqual([
      'api:default/chat',
    ]);
  });

  it('passes over one that the reader may not see', async () => {
    expect(await find(marked, { seen: ['api:default/chat'] })).toEqual([
      'api:default/chat',
    ]);
    expect(await find(marked, { seen: [] })).toEqual([undefined]);
  });

  it('takes no entity’s word, unless every claim is believed', async () => {
    const claimed = { claims: ['component:default/x'] };
    expect(await find(claimed)).toEqual([undefined]);
    expect(await find(claimed, { claims: 'any' })).toEqual([
      'component:default/x',
    ]);
    expect(await find({ ...claimed, ...marked }, { claims: 'any' })).toEqual([
      'component:default/chat',
    ]);
  });
});
