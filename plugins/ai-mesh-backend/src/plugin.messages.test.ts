import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { serve, type TestServer } from './target/__testUtils__/serve';

jest.setTimeout(120_000);

/** In every path and in every credential that is planted; no message may hold it. */
const PLANTED = /planted/i;
const PASSWORD = 'planted-pw';
/** What asks every source, and says what is the matter with it. */
const OF_SOURCES = [
  ...['overview', 'topology', 'security', 'traces', 'review', 'slos'],
];
/** What reads what an entity says. */
const OF_ENTITY = [
  ...['overview', 'routes', 'slos', 'slos/rules', 'canaries', 'scorecard'],
  ...['review', 'facts'],
];

const service = { 'ai-mesh.io/service': 'ai-services/ai-chat-service' };
const fromFile = {
  'backstage.io/managed-by-location': 'file:/srv/planted/catalog-info.yaml',
};
const withPassword = `https://user:${PASSWORD}@files.example.com/x.yaml`;

/** What an entity's file may hold. */
const annotations: Record<string, Record<string, string>> = {
  plain: service,
  'slos-missing': {
    ...service,
    ...fromFile,
    'ai-mesh.io/slos': 'missing.yaml',
  },
  'slos-outside': { ...service, ...fromFile, 'ai-mesh.io/slos': '../up.yaml' },
  'slos-absolute': {
    ...service,
    ...fromFile,
    'ai-mesh.io/slos': '/srv/planted/slos.yaml',
  },
  'slos-of-a-file-elsewhere': {
    ...service,
    ...fromFile,
    'backstage.io/source-location': 'file:/srv/planted/source/',
    'ai-mesh.io/slos': './slos.yaml',
  },
  'slos-password': { ...service, 'ai-mesh.io/slos': withPassword },
  'slos-base-password': {
    ...service,
    'backstage.io/managed-by-location': `url:${withPassword}`,
    'ai-mesh.io/slos': 'slos.yaml',
  },
  'slos-bad-url': {
    ...service,
    'ai-mesh.io/slos': `https://user:${PASSWORD}@[::/x.yaml`,
  },
  'service-password': { 'ai-mesh.io/service': withPassword },
  'selector-password': {
    'backstage.io/kubernetes-label-selector': `app=${withPassword}`,
  },
  'cluster-password': { ...service, 'ai-mesh.io/cluster': withPassword },
  'source-password': { ...service, 'ai-mesh.io/source': withPassword },
  'source-bad-url': {
    ...service,
    'ai-mesh.io/source': `https://user:${PASSWORD}@[::/x`,
  },
  'source-location-password': {
    ...service,
    'backstage.io/source-location': `url:${withPassword}`,
  },
  'exempt-password': { ...service, 'ai-mesh.io/exemptions': withPassword },
  'metrics-password': { ...service, 'ai-mesh.io/metrics': withPassword },
  'models-password': { ...service, 'ai-mesh.io/models': withPassword },
};

/** What servers say of themselves, of the portal, and of what they were sent. */
const SAID = [
  'open /var/lib/planted/wal/000: no space left on device',
  `proxyconnect http://user:${PASSWORD}@proxy:3128 refused`,
  "cannot read '/etc/planted/web.yml'",
].join('; ');

describe('messages that a reader gets', () => {
  let sandbox: RunningSandbox;
  let upstream: TestServer;
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    upstream = await serve((_, response) =>
      response.writeHead(500, { 'Content-Type': 'application/json' }).end(
        JSON.stringify({
          status: 'error',
          error: SAID,
          message: SAID,
          msg: SAID,
        }),
      ),
    );
  });

  afterEach(() => portal?.stop());

  afterAll(async () => {
    await upstream?.stop();
    await sandbox?.stop();
  });

  const sources = (url: string, tls: object = {}) => ({
    prometheus: { url, tls, cacheTtl: '0s' },
    kiali: { url, tls },
    tracing: { type: 'jaeger', url, tls },
  });

  async function told(entity: string, views: readonly string[]) {
    const answers = [];
    for (const view of views) {
      const { status, text } = await portal.read(`${entity}/${view}`);
      expect([view, status < 500]).toEqual([view, true]);
      answers.push({ view, text });
    }
    return answers;
  }

  const plantedIn = (answers: Awaited<ReturnType<typeof told>>) =>
    answers.flatMap(({ view, text }) => {
      const at = text.search(PLANTED);
      return at < 0
        ? []
        : `${view}: ${text.slice(Math.max(0, at - 120), at + 60)}`;
    });

  it('hold no path and no credential of what cannot be read, or fails, and say what is wrong all the same', async () => {
    const caFile = '/etc/planted/ca.crt';
    const planted = 'planted-token';
    portal = await startPortal(
      [
        {
          name: 'no-kubeconfig',
          kubernetes: { kubeconfig: { path: '/home/planted/.kube/config' } },
        },
        {
          name: 'no-ca',
          kubernetes: {
            url: 'https://127.0.0.1:1',
            serviceAccountToken: planted,
            caFile,
          },
          ...sources('https://127.0.0.1:1', { caFile }),
        },
        {
          name: 'broken',
          kubernetes: { url: upstream.url, serviceAccountToken: planted },
          ...sources(upstream.url),
        },
      ],
      [component('plain', annotations.plain)],
    );
    const answers = await told('plain', OF_SOURCES);
    expect(plantedIn(answers)).toEqual([]);
    const text = JSON.stringify(answers);
    for (const said of [
      'the file config cannot be read (ENOENT)',
      'the file ca.crt cannot be read (ENOENT)',
      'no space left on device',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('hold no path and no credential of what an entity’s file says', async () => {
    portal = await startPortal(
      [
        {
          name: 'shop',
          kubernetes: {
            url: sandbox.kubernetes,
            serviceAccountToken: sandbox.tokens.reader,
          },
        },
      ],
      Object.entries(annotations).map(([name, values]) =>
        component(name, values),
      ),
      { ownership: { trustedLocations: ['file:/srv/planted/'] } },
    );
    const found = [];
    for (const name of Object.keys(annotations)) {
      const answers = await told(name, OF_ENTITY);
      found.push(...plantedIn(answers).map(one => `${name}, ${one}`));
    }
    expect(found).toEqual([]);
  });
});
