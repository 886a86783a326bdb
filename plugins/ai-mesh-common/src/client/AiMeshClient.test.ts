import { AiMeshClient } from './AiMeshClient';

const entityRef = 'component:default/chat';

/** A client, and the tags by which it asks; answers come one after the other. */
function clientOf(...answers: Response[]) {
  const tags: (string | null)[] = [];
  const client = new AiMeshClient({
    discoveryApi: { getBaseUrl: async () => 'http://portal/api/ai-mesh' },
    fetchApi: {
      fetch: async (_, init) => {
        tags.push(new Headers(init?.headers).get('if-none-match'));
        return answers.shift()!;
      },
    },
  });
  return { client, tags };
}

const routes = {
  entityRef,
  window: '5m',
  observedAt: '2026-11-28T12:00:00Z',
  resolution: { annotation: 'ai-mesh.io/service', value: 'chat', searched: [] },
  services: [],
  sources: [],
  queries: [],
};
const told = (etag?: string, status = 200) =>
  new Response(status === 200 ? JSON.stringify(routes) : null, {
    status,
    headers: { ...(etag && { etag }) },
  });

describe('AiMeshClient', () => {
  it('shows what it has where the backend says that nothing has changed', async () => {
    const { client, tags } = clientOf(told('W/"1"'), told('W/"1"', 304));
    const first = await client.routes(entityRef);
    expect(await client.routes(entityRef)).toBe(first);
    expect(tags).toEqual([null, 'W/"1"']);
  });

  it('asks without a tag about another entity, and where it was told none', async () => {
    const { client, tags } = clientOf(told('W/"1"'), told(), told());
    await client.routes(entityRef);
    await client.routes('component:default/search');
    await client.routes('component:default/search');
    expect(tags).toEqual([null, null, null]);
  });

  it('takes what has changed, by its new tag', async () => {
    const { client, tags } = clientOf(
      told('W/"1"'),
      told('W/"2"'),
      told('W/"2"', 304),
    );
    const first = await client.routes(entityRef);
    const second = await client.routes(entityRef);
    expect(second).not.toBe(first);
    expect(await client.routes(entityRef)).toBe(second);
    expect(tags).toEqual([null, 'W/"1"', 'W/"2"']);
  });

  it('keeps few of them', async () => {
    const { client, tags } = clientOf(
      ...Array.from({ length: 23 }, () => told('W/"1"')),
    );
    for (let entity = 0; entity < 21; entity++) {
      await client.routes(`component:default/chat-${entity}`);
    }
    await client.routes('component:default/chat-20');
    await client.routes('component:default/chat-0');
    expect(tags.slice(-2)).toEqual(['W/"1"', null]);
  });

  it('shows the fleet again where it has not changed, but keeps no further page of it', async () => {
    const fleet = {
      window: '5m',
      observedAt: '2026-11-28T12:00:00Z',
      rows: [],
      total: 0,
      all: 0,
      facets: {
        owners: [],
        systems: [],
        clusters: [],
        namespaces: [],
        models: [],
        modelsNotKnown: 0,
        slownessNotKnown: 0,
        levels: [],
      },
      sources: [],
      queries: [],
    };
    const page = () =>
      new Response(JSON.stringify(fleet), { headers: { etag: 'W/"1"' } });
    const { client, tags } = clientOf(
      page(),
      new Response(null, { status: 304 }),
      page(),
      page(),
    );
    const first = await client.fleet({ sort: 'name' });
    expect(await client.fleet({ sort: 'name' })).toBe(first);
    await client.fleet({ cursor: 'next' });
    await client.fleet({ cursor: 'next' });
    expect(tags).toEqual([null, 'W/"1"', null, null]);
  });
});
