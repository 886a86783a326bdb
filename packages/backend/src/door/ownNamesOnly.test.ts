import { mockServices } from '@backstage/backend-test-utils';
import { createServer, request, type Server } from 'http';
import type { AddressInfo } from 'net';
import { ownNamesOnly } from './ownNamesOnly';

describe('the door of the portal', () => {
  let server: Server;

  beforeAll(async () => {
    const door = ownNamesOnly(
      mockServices.rootConfig({
        data: {
          app: { baseUrl: 'https://Portal.example' },
          backend: { baseUrl: 'https://api.portal.example:7007/path' },
        },
      }),
    );
    server = createServer((asked, response) =>
      door(asked, response, () => response.end('let in')),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => {
    server.close();
  });

  const statusFor = (host: string, path = '/api/auth/demo/refresh') =>
    new Promise<number>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      request({ port, path, headers: { host } }, response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it.each([
    ['localhost:7007', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:7007', 200],
    ['[::1]:7007', 200],
    ['portal.example', 200],
    ['api.portal.example:7007', 200],
    ['evil.example', 403],
    ['evil.example:7007', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.nip.io:7007', 403],
    ['evil.localhost', 403],
    ['portal.example.evil', 403],
    ['localhost@evil.example', 403],
    ['10.0.0.7:7007', 403],
  ])('to those who ask for %j: %i', async (host, expected) => {
    expect(await statusFor(host)).toBe(expected);
  });

  it('lets whoever watches the process ask how it is by its address', async () => {
    const path = '/.backstage/health/v1/liveness';
    expect(await statusFor('10.0.0.7:7007', path)).toBe(200);
  });
});
