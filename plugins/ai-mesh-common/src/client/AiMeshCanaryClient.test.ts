import { AiMeshCanaryClient } from './AiMeshCanaryClient';

function clientOf(answer: Response) {
  const fetch = jest.fn(
    async (..._: Parameters<typeof globalThis.fetch>) => answer,
  );
  const client = new AiMeshCanaryClient({
    discoveryApi: { getBaseUrl: async () => 'http://portal/api/ai-mesh' },
    fetchApi: { fetch },
  });
  return { client, fetch };
}

describe('AiMeshCanaryClient', () => {
  it('asks for the canaries of an entity', async () => {
    const { client, fetch } = clientOf(Response.json({ canaries: [] }));
    await expect(
      client.canaries(
        'component:default/chat',
        { limit: 10, cursor: 'a/b' },
        { token: 'secret' },
      ),
    ).resolves.toEqual({ canaries: [] });
    expect(fetch).toHaveBeenCalledWith(
      'http://portal/api/ai-mesh/v1/entities/component/default/chat/canaries?limit=10&cursor=a%2Fb',
      expect.objectContaining({
        method: 'GET',
        headers: { Authorization: 'Bearer secret' },
      }),
    );
  });

  it('sends actions as JSON, and shows the present state where somebody else was faster', async () => {
    const { client, fetch } = clientOf(
      Response.json(
        {
          error: {
            name: 'ConflictError',
            message: 'It has moved on',
            canary: { id: 'a/b', version: 3 },
          },
          response: { statusCode: 409 },
        },
        { status: 409 },
      ),
    );
    const refused = client.actOnCanary('a/b', { action: 'pause', version: 2 });
    await expect(refused).rejects.toMatchObject({
      statusCode: 409,
      body: { error: { canary: { version: 3 } } },
    });
    expect(fetch).toHaveBeenCalledWith(
      'http://portal/api/ai-mesh/v1/canaries/a%2Fb/actions',
      expect.objectContaining({
        method: 'POST',
        body: '{"action":"pause","version":2}',
      }),
    );
  });
});
