import { StallProbe } from '../__testUtils__/StallProbe';
import { serve, type TestServer } from '../target/__testUtils__/serve';
import { KubeConfigApi } from './KubeConfigApi';
import { listObjects } from './listObjects';

const LONGEST_STALL_MS = 200;
/** Nearly what is read at a time, characters. */
const LENGTH = 4_000_000;

const { signal } = new AbortController();

/** Annotations of nearly so many characters, no two with a key in common: what is dearest to parse. */
function annotations(length: number, of: string): string {
  const one = (n: number) => `"${of}-${n}":""`;
  const count = Math.floor(length / (one(1_000_000).length + 1));
  return Array.from({ length: count }, (_, n) => one(n)).join();
}

const service = (name: string, length: number) =>
  `{"metadata":{"name":"${name}","namespace":"ai","annotations":{${annotations(length, name)}}}}`;

describe('an answer of an API server of nearly four megabytes', () => {
  let server: TestServer;
  let body = '';
  const probe = new StallProbe();
  const api = () =>
    new KubeConfigApi({
      from: 'url',
      url: server.url,
      serviceAccountToken: 't',
      tls: { skipVerify: false },
    });

  beforeAll(async () => {
    server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    probe.start();
  });

  afterAll(async () => {
    probe.stop();
    await server?.stop();
  });

  it.each([
    ['one object', [service('a', LENGTH)]],
    [
      'many objects',
      Array.from({ length: 500 }, (_, n) => service(`s${n}`, LENGTH / 380)),
    ],
  ])('that lists %s is read while others have their turn', async (_, items) => {
    body = `{"metadata":{"resourceVersion":"7"},"items":[${items.join()}]}`;
    expect(body.length).toBeGreaterThan(LENGTH * 0.9);
    probe.lap();
    const list = await listObjects(
      api(),
      '/api/v1/services',
      signal,
      item => item,
    );
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    expect(list.items).toHaveLength(items.length);
  });

  it('that tells of a change is read while others have their turn', async () => {
    body = `{"type":"MODIFIED","object":${service('a', LENGTH)}}\n`;
    const types: string[] = [];
    probe.lap();
    for await (const { type } of api().watch('/api/v1/services', {}, signal)) {
      types.push(type);
    }
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    expect(types).toEqual(['MODIFIED']);
  });
});
