import {
  aiMeshReadPermission,
  known,
  unknown,
  type AiMeshApi,
  type AiMeshSearchDocument,
  type Fleet,
  type FleetRow,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import { AiMeshCollatorFactory } from './AiMeshCollatorFactory';

type Row = Pick<
  FleetRow,
  'entityRef' | 'owners' | 'level' | 'title' | 'modelNames' | 'findingCodes'
>;

const row = (name: string, more: Partial<Row> = {}): Row => ({
  entityRef: `component:default/${name}`,
  owners: ['group:default/ai-team'],
  level: known({ status: 'known', level: 'silver' }),
  modelNames: ['swift-chat-3.5'],
  findingCodes: ['AIM103', 'AIM401'],
  ...more,
});

/** A fleet of some rows, so many a page. */
function collate(rows: readonly Row[], perPage = 200) {
  const asked: unknown[] = [];
  const fleet: AiMeshApi['fleet'] = async query => {
    asked.push(query);
    const from = Number(query?.cursor ?? 0);
    const to = from + perPage;
    return {
      rows: rows.slice(from, to),
      facets: { levels: [{ id: 'silver', title: 'Good enough' }] },
      ...(to < rows.length && { next: String(to) }),
    } as unknown as Fleet;
  };
  const factory = new AiMeshCollatorFactory({
    aiMesh: { onBehalfOf: () => ({ fleet }) as unknown as AiMeshApi },
    auth: mockServices.auth(),
  });
  const documents = async (): Promise<AiMeshSearchDocument[]> =>
    (await factory.getCollator()).toArray();
  return { factory, documents, asked };
}

describe('AiMeshCollatorFactory', () => {
  it('says of each service what it is found by, where it is, and whom to ask who may see it', async () => {
    const { factory, documents } = collate([row('chat', { title: 'Chat' })]);
    expect(factory).toMatchObject({
      type: 'ai-mesh',
      visibilityPermission: aiMeshReadPermission,
    });
    expect(await documents()).toEqual([
      {
        title: 'Chat',
        text: 'component:default/chat AIM103 AIM401 swift-chat-3.5 level silver Good enough group:default/ai-team',
        location: '/catalog/default/component/chat/ai-mesh',
        authorization: { resourceRef: 'component:default/chat' },
        entityRef: 'component:default/chat',
        owners: ['group:default/ai-team'],
        level: 'silver',
        levelTitle: 'Good enough',
        findingCodes: ['AIM103', 'AIM401'],
        models: ['swift-chat-3.5'],
      },
    ]);
  });

  it('turns all pages, and tells of a service once whose row changed places', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => row(`s${n}`));
    const { documents, asked } = collate([...rows, rows[0]]);
    expect((await documents()).map(({ entityRef }) => entityRef)).toEqual(
      rows.map(({ entityRef }) => entityRef),
    );
    expect(asked).toHaveLength(3);
  });

  it('reads five thousand a page at a time, and the next page when that one is indexed', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => row(`s${n}`));
    const { factory, asked } = collate(rows);
    let told = 0;
    for await (const { entityRef } of await factory.getCollator()) {
      expect(entityRef).toBe(rows[told].entityRef);
      told++;
      // A stream holds a few documents ahead.
      expect(asked.length).toBeLessThanOrEqual(Math.ceil((told + 20) / 200));
    }
    expect(told).toBe(5000);
    expect(asked).toEqual(
      Array.from({ length: 25 }, (_, page) => ({
        sort: 'name',
        limit: 200,
        cursor: page === 0 ? undefined : String(page * 200),
      })),
    );
  });

  it('leaves out what is not known', async () => {
    const [{ text, level, models, findingCodes }] = await collate([
      row('chat', {
        level: known({ status: 'unknown', atLeast: null, atMost: 'gold' }),
        modelNames: undefined,
        findingCodes: undefined,
      }),
    ]).documents();
    expect({ text, level, models, findingCodes }).toEqual({
      text: 'component:default/chat group:default/ai-team',
      level: undefined,
      models: [],
      findingCodes: [],
    });
  });

  it('says of a service below the first level that it has none', async () => {
    const [{ level, text }] = await collate([
      row('chat', { level: known({ status: 'known', level: null }) }),
    ]).documents();
    expect([level, text]).toEqual([
      'none',
      expect.stringContaining('level none'),
    ]);
  });

  it('fails while what is stored cannot be read, so that search keeps what it has', async () => {
    const { documents } = collate([
      row('chat', {
        level: unknown('source-unreachable', 'The database is away.'),
      }),
    ]);
    await expect(documents()).rejects.toThrow('The database is away.');
  });
});
