import { mockServices } from '@backstage/backend-test-utils';
import { RunningSandbox, startSandbox } from '@ai-mesh/mesh-sandbox/testing';
import { ConfigReader } from '@backstage/config';
import { readSettings } from '../config/readSettings';
import { DefaultMeshClusters } from './DefaultMeshClusters';
import { EntityTargetResolver } from './EntityTargetResolver';
import { serve } from './__testUtils__/serve';

describe('DefaultMeshClusters', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  }, 60_000);

  afterAll(() => sandbox?.stop());

  const clustersOf = (clusters: object[]) =>
    new DefaultMeshClusters(
      readSettings(
        new ConfigReader({
          aiMesh: { clusters: JSON.parse(JSON.stringify(clusters)) },
        }),
      ),
      { logger: mockServices.logger.mock() },
    );

  it('has an adapter for what is configured', () => {
    const clusters = clustersOf([
      { name: 'a', kubernetes: { url: 'http://127.0.0.1:9' } },
      {
        name: 'b',
        kubernetes: { kubeconfig: { path: '/no/such/file' } },
        prometheus: { url: 'http://127.0.0.1:9' },
        kiali: { url: 'http://127.0.0.1:9' },
        watch: false,
      },
    ]);
    expect(
      clusters
        .list()
        .map(({ name, prometheus, kiali }) => [
          name,
          Boolean(prometheus),
          Boolean(kiali),
        ]),
    ).toEqual([
      ['a', false, false],
      ['b', true, true],
    ]);
    expect(clusters.get('b')?.name).toBe('b');
    expect(clusters.get('c')).toBeUndefined();
  });

  it.each([[true], [false]])(
    'answers beside clusters that are away and that say nothing (watch: %s)',
    async watch => {
      const mute = await serve(() => {});
      const clusters = clustersOf([
        { name: 'away', kubernetes: { url: 'http://127.0.0.1:9' }, watch },
        { name: 'mute', kubernetes: { url: mute.url }, watch },
        {
          name: 'demo',
          kubernetes: {
            url: sandbox.kubernetes,
            serviceAccountToken: sandbox.tokens.reader,
          },
          watch,
        },
      ]);
      clusters.start();
      const started = Date.now();
      const target = await new EntityTargetResolver(clusters, {
        mostServices: 50,
      }).resolve({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'chat',
          annotations: { 'ai-mesh.io/service': 'ai-services/ai-chat-service' },
        },
      });
      expect(Date.now() - started).toBeLessThan(6_000);
      expect(target.clusters).toMatchObject([
        {
          cluster: { name: 'demo' },
          services: [{ namespace: 'ai-services', name: 'ai-chat-service' }],
        },
      ]);
      expect(
        target.clusters[0].workloads.map(({ name }) => name).sort(),
      ).toEqual(['ai-chat-service-v1', 'ai-chat-service-v2']);
      expect(
        target.searched.map(({ snapshot }) => snapshot.state('Service').status),
      ).toEqual(['unreachable', 'syncing', 'synced']);
      expect(clusters.statistics().demo.objects.Service).toBeGreaterThan(3);
      const stopping = Date.now();
      await clusters.stop();
      expect(Date.now() - stopping).toBeLessThan(2_000);
      await mute.stop();
    },
    20_000,
  );
});
