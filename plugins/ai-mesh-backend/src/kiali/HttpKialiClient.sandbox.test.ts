import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { until } from '../__testUtils__/startPortal';
import { HttpKialiClient } from './HttpKialiClient';

jest.setTimeout(90_000);

const NAMESPACE = 'ai-services';

describe.each([
  { version: '2.31.0', auth: 'anonymous', path: '' },
  { version: '2.4.0', auth: 'token', path: '/kiali' },
  { version: '1.89.0', auth: 'token', path: '' },
])(
  "HttpKialiClient on the sandbox's Kiali $version ($auth)",
  ({ version, auth, path }) => {
    let sandbox: RunningSandbox;
    let client: HttpKialiClient;

    beforeAll(async () => {
      sandbox = await startSandbox([
        '--speed',
        '5',
        '--kiali-version',
        version,
        '--kiali-auth',
        auth,
      ]);
      client = new HttpKialiClient({
        baseUrl: `${sandbox.url}${path}`,
        clusterName: 'shop',
        ...(auth === 'token' && { token: sandbox.tokens.reader }),
      });
      await until(
        () => client.health([NAMESPACE]),
        health =>
          health.some(
            ({ service, status }) =>
              service === 'ai-chat-service' && status !== 'unknown',
          ),
        60_000,
      );
    });

    afterAll(() => sandbox?.stop());

    it('reads its version', async () => {
      expect(await client.version()).toBe(`v${version}`);
    });

    it('reads health, and knows nothing of services without traffic', async () => {
      const health = await client.health([NAMESPACE]);
      const chat = health.find(({ service }) => service === 'ai-chat-service');
      expect(chat?.namespace).toBe(NAMESPACE);
      expect(['healthy', 'degraded', 'failing']).toContain(chat?.status);
      expect(new Set(health.map(({ namespace }) => namespace))).toEqual(
        new Set([NAMESPACE]),
      );
    });

    it('reads checks of the objects', async () => {
      const response = await fetch(
        `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/${NAMESPACE}/destinationrules`,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${sandbox.tokens.writer}`,
          },
          body: JSON.stringify({
            apiVersion: 'networking.istio.io/v1',
            kind: 'DestinationRule',
            metadata: { name: 'nowhere', namespace: NAMESPACE },
            spec: { host: 'nowhere' },
          }),
        },
      );
      expect(response.status).toBe(201);
      const { validations } = await until(
        () => client.validations([NAMESPACE]),
        all => all.validations.some(({ name }) => name === 'nowhere'),
        10_000,
      );
      expect(validations.find(({ name }) => name === 'nowhere')).toEqual({
        gvk: expect.stringMatching(/Kind=DestinationRule$/),
        namespace: NAMESPACE,
        name: 'nowhere',
        valid: false,
        checks: [
          {
            code: 'KIA0202',
            severity: 'error',
            message: expect.any(String),
            path: 'spec/host',
          },
        ],
      });
    });

    it('reads its graph', async () => {
      const graph = await until(
        () => client.graph([NAMESPACE], { durationSeconds: 60 }),
        ({ edges }) => edges.some(({ mtlsShare }) => mtlsShare !== undefined),
        30_000,
      );
      const chat = graph.nodes.filter(({ app }) => app === 'ai-chat-service');
      expect(chat.map(node => node.version)).toContain('v1');
      const received = graph.edges
        .filter(({ target }) => chat.some(({ id }) => id === target))
        .reduce((sum, { traffic }) => sum + (traffic?.received.total ?? 0), 0);
      expect(received).toBeGreaterThan(0);
    });

    it('hears nothing of a namespace that Kiali does not know', async () => {
      await expect(client.health(['not-there'])).resolves.toEqual([]);
    });
  },
);
