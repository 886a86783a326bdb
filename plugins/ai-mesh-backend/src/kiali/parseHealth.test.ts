import { parseClusterHealth, parseNamespaceHealth } from './parseHealth';

async function judgementOf(health: unknown): Promise<string> {
  const [{ status }] = await parseNamespaceHealth('ai', { chat: health });
  return status;
}

describe('parseClusterHealth', () => {
  it.each([
    ['Healthy', 'healthy'],
    ['Degraded', 'degraded'],
    ['Not Ready', 'degraded'],
    ['Failure', 'failing'],
    ['NA', 'unknown'],
    ['Splendid', 'unknown'],
  ])('takes over the judgement %s', async (status, expected) => {
    expect(
      await parseClusterHealth({
        namespaceServiceHealth: {
          ai: {
            chat: {
              status: { status },
              requests: { inbound: { http: { 500: 1 } } },
            },
          },
        },
      }),
    ).toEqual([{ namespace: 'ai', service: 'chat', status: expected }]);
  });

  it.each([
    {},
    { namespaceServiceHealth: null },
    { namespaceServiceHealth: { ai: null } },
    { namespaceServiceHealth: { ai: {} } },
  ])('says nothing of anybody with %j', async json => {
    expect(await parseClusterHealth(json)).toEqual([]);
  });

  it.each([[], 'healthy', null, { namespaceServiceHealth: [] }])(
    'refuses %j',
    async json => {
      await expect(parseClusterHealth(json)).rejects.toThrow();
    },
  );
});

describe('parseNamespaceHealth', () => {
  it.each([
    [{ http: { 200: 10 } }, 'healthy'],
    [{ http: { 200: '9.9', 500: '0.1' } }, 'degraded'],
    [{ http: { 200: 9, 503: 1 } }, 'failing'],
    [{ http: { 200: 9, '-': 1 } }, 'failing'],
    [{ http: { 200: 95, 429: 5 } }, 'healthy'],
    [{ http: { 200: 85, 429: 15 } }, 'degraded'],
    [{ http: { 200: 50, 429: 50 } }, 'failing'],
    [{ grpc: { 0: 99, 14: 1 } }, 'degraded'],
    [{ http: { 200: 10 }, grpc: { 14: 1 } }, 'failing'],
    [{ http: {} }, 'unknown'],
    [{ http: { 200: 0 } }, 'unknown'],
    [{}, 'unknown'],
  ])('judges %j as Kiali would', async (inbound, expected) => {
    expect(await judgementOf({ requests: { inbound } })).toBe(expected);
  });

  it.each([null, {}, { requests: null }, { status: null }])(
    'knows nothing from %j',
    async health => {
      expect(await judgementOf(health)).toBe('unknown');
    },
  );
});
