import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { onBehalfOf } from './asker';
import { SourceHttp } from './SourceHttp';
import { serve, type TestServer } from './__testUtils__/serve';

describe('SourceHttp', () => {
  let server: TestServer;
  const seen: string[] = [];

  beforeAll(async () => {
    server = await serve((request, response) => {
      seen.push(request.url ?? '');
      response.end('{}');
    });
  });

  afterAll(() => server?.stop());

  it('lets those on whose behalf it asks take turns', async () => {
    const http = new SourceHttp({
      subject: wording('verbatim', { text: 'A source' }),
      key: 'prometheus',
      cluster: 'test',
      timeoutMs: 30_000,
      queue: { open: 1 },
      secrets: [],
      advice: { tooLarge: 'source.shorterWindow', late: 'source.shorter' },
    });
    const ask = (asker: string) =>
      onBehalfOf(asker, () => http.send(`${server.url}/${asker}`, {}));
    await Promise.all([
      ...Array.from({ length: 20 }, () => ask('busy')),
      ask('quiet'),
    ]);
    expect(seen).toHaveLength(21);
    expect(seen.indexOf('/quiet')).toBeLessThanOrEqual(2);
  });
});
