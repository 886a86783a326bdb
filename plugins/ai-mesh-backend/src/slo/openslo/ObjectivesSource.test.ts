import { once } from 'events';
import { mkdtemp, rm, symlink, writeFile } from 'fs/promises';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { readSloSettings } from '../../config/readSloSettings';
import { ObjectivesSource } from './ObjectivesSource';

const SLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: answers }
spec:
  indicator:
    spec:
      ratioMetric:
        bad: { metricSource: { type: ai-mesh, spec: { indicator: errors } } }
        total: { metricSource: { type: ai-mesh, spec: { indicator: requests } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ target: 0.99 }]
`;

function entity(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'chat', annotations },
  };
}

describe('ObjectivesSource', () => {
  let server: Server;
  let port: number;
  let folder: string;
  let asked: string[];
  let source: ObjectivesSource;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url!);
      if (request.url === '/repo/slos.yaml') {
        response.end(SLO);
      } else if (request.url === '/repo/large.yaml') {
        response.end(`# ${'x'.repeat(5_000_000)}`);
      } else {
        response.writeHead(404).end();
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    folder = await mkdtemp(join(tmpdir(), 'slos-'));
    const config = mockServices.rootConfig({
      data: {
        backend: {
          reading: {
            allow: [
              { host: `127.0.0.1:${port}`, paths: ['/repo/'] },
              { host: '127.0.0.1:9' },
            ],
          },
        },
      },
    });
    const integrations = ScmIntegrations.fromConfig(config);
    source = new ObjectivesSource({
      reader: UrlReaders.default({
        config,
        logger: mockServices.logger.mock(),
      }),
      resolveUrl: (url, base) => integrations.resolveUrl({ url, base }),
      limits: readSloSettings({}).limits,
    });
  });

  afterEach(async () => {
    await source.stop();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  it('has nothing where the entity names no file', async () => {
    await expect(source.read(entity({}))).resolves.toBeUndefined();
  });

  it('reads a URL, and asks for it once in a while', async () => {
    const chat = entity({
      'ai-mesh.io/slos': `http://127.0.0.1:${port}/repo/slos.yaml`,
    });
    const read = await source.read(chat);
    expect(read).toMatchObject({
      problems: [],
      objectives: [
        {
          id: 'answers',
          target: 0.99,
          sourceUrl: `http://127.0.0.1:${port}/repo/slos.yaml`,
        },
      ],
    });
    await source.read(chat);
    expect(asked).toEqual(['/repo/slos.yaml']);
  });

  it('reads a path from the place that the entity is read from', async () => {
    await expect(
      source.read(
        entity({
          'ai-mesh.io/slos': './slos.yaml',
          'backstage.io/managed-by-location': `url:http://127.0.0.1:${port}/repo/catalog-info.yaml`,
        }),
      ),
    ).resolves.toMatchObject({ objectives: [{ id: 'answers' }] });
  });

  it('reads a file beside a catalog file of the portal’s own', async () => {
    await writeFile(join(folder, 'slos.yaml'), SLO);
    await expect(
      source.read(
        entity({
          'ai-mesh.io/slos': 'slos.yaml',
          'backstage.io/managed-by-location': `file:${join(folder, 'catalog.yaml')}`,
        }),
      ),
    ).resolves.toMatchObject({
      objectives: [{ id: 'answers', source: 'slos.yaml' }],
    });
  });

  it.each([
    ['a path that leaves the catalog file’s folder', '../../../etc/passwd'],
    ['an absolute path', '/etc/passwd'],
    ['a link that leaves it', 'link.yaml'],
  ])('refuses %s', async (_name, path) => {
    await symlink('/etc/passwd', join(folder, 'link.yaml'));
    const read = await source.read(
      entity({
        'ai-mesh.io/slos': path,
        'backstage.io/managed-by-location': `file:${join(folder, 'catalog.yaml')}`,
      }),
    );
    expect(read).toMatchObject({
      objectives: [],
      problems: [
        {
          source: 'annotation ai-mesh.io/slos',
          message: expect.stringContaining('outside'),
        },
      ],
    });
  });

  it('does not take an entity’s word for a folder of the portal’s disk', async () => {
    const read = await source.read(
      entity({
        'ai-mesh.io/slos': 'passwd',
        'backstage.io/source-location': 'file:/etc/catalog.yaml',
        'backstage.io/managed-by-location': `url:http://127.0.0.1:${port}/repo/catalog-info.yaml`,
      }),
    );
    expect(read?.objectives).toEqual([]);
    expect(read?.problems[0].message).toContain('write a URL');
  });

  it.each([
    [
      'a host that is not allowed',
      () => 'http://localhost/slos.yaml',
      'backend.reading.allow',
    ],
    [
      'a path that is not allowed',
      () => `http://127.0.0.1:${port}/secret.yaml`,
      'backend.reading.allow',
    ],
    [
      'a host that does not answer',
      () => 'http://127.0.0.1:9/slos.yaml',
      'could not be read',
    ],
    [
      'a file that is not there',
      () => `http://127.0.0.1:${port}/repo/none.yaml`,
      'could not be read',
    ],
    [
      'a file of 5 MB',
      () => `http://127.0.0.1:${port}/repo/large.yaml`,
      'larger than 100000 bytes',
    ],
    [
      'another scheme',
      () => 'ftp://127.0.0.1/slos.yaml',
      'must be an https URL',
    ],
    ['a path from nowhere', () => 'slos.yaml', 'write a URL'],
  ])('says what is wrong with %s', async (_name, url, message) => {
    const read = await source.read(entity({ 'ai-mesh.io/slos': url() }));
    expect(read?.objectives).toEqual([]);
    expect(read?.problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message) }),
    ]);
  });
});
