import type { RequestListener } from 'http';
import { serve, type TestServer } from '../target/__testUtils__/serve';
import { serveTempo } from './__testUtils__/serveTempo';
import { tracingSettings } from './__testUtils__/tracingSettings';
import { createTracingClient } from './createTracingClient';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

const window = { start: new Date(0), end: new Date(3_600_000) };
const clientOn = (url: string) =>
  createTracingClient({ cluster: 'shop', settings: tracingSettings(url) });

/** Answers by path; anything else is not there. */
async function serving(answers: Record<string, unknown>, asked: string[] = []) {
  const listener: RequestListener = ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://x');
    asked.push(pathname);
    const answer = answers[pathname];
    if (answer === undefined) {
      response.writeHead(404).end('404 page not found');
    } else if (typeof answer === 'number') {
      response.writeHead(answer).end();
    } else {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    }
  };
  const server = await serve(listener);
  servers.push(server);
  return server;
}

describe('a tracing system of which nobody said what it is', () => {
  it('is Jaeger where it lists services', async () => {
    const { url } = await serving({ '/api/services': { data: ['chat.ai'] } });
    expect((await clientOn(url).services(window)).names).toEqual(['chat.ai']);
  });

  it('is Jaeger`s second line where only that lists services', async () => {
    const { url } = await serving({
      '/api/v3/services': { services: ['chat.ai'] },
    });
    expect((await clientOn(url).services(window)).names).toEqual(['chat.ai']);
  });

  it('is Tempo where it echoes, and is asked once what it is', async () => {
    const server = await serveTempo({ services: ['chat.ai'] });
    servers.push(server);
    const client = clientOn(server.url);
    await Promise.all([client.services(window), client.services(window)]);
    expect((await client.services(window)).names).toEqual(['chat.ai']);
    const asked = server.asked.map(({ path }) => path);
    expect(asked.slice(0, 2)).toEqual(['/api/services', '/api/echo']);
    expect(asked.filter(path => path === '/api/echo')).toHaveLength(1);
  });

  it('is asked again where it refused, and believed then', async () => {
    const answers: Record<string, unknown> = { '/api/services': 503 };
    const { url } = await serving(answers);
    const client = clientOn(url);
    await expect(client.services(window)).rejects.toThrow(
      'is not available at present (503)',
    );
    answers['/api/services'] = 401;
    await expect(client.services(window)).rejects.toMatchObject({
      reason: 'forbidden',
    });
    delete answers['/api/services'];
    answers['/api/v3/services'] = { services: ['chat.ai'] };
    expect((await client.services(window)).names).toEqual(['chat.ai']);
  });

  it('says that it is neither', async () => {
    const { url } = await serving({});
    await expect(clientOn(url).services(window)).rejects.toThrow(
      'has no such API there (404)',
    );
  });

  it.each(['jaeger', 'tempo'] as const)(
    'is not asked where it is said to be %s',
    async type => {
      const asked: string[] = [];
      const { url } = await serving(
        {
          '/api/services': { data: [] },
          '/api/v2/search/tag/resource.service.name/values': {},
        },
        asked,
      );
      const client = createTracingClient({
        cluster: 'shop',
        settings: tracingSettings(url, { type }),
      });
      await client.services(window);
      expect(asked).toEqual([
        type === 'jaeger'
          ? '/api/services'
          : '/api/v2/search/tag/resource.service.name/values',
      ]);
    },
  );
});
