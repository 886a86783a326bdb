import { known } from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiClient } from '../kiali/KialiClient';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { SourceError } from '../target/SourceError';
import {
  now,
  objects,
  requests,
  targetOn,
  topologyOf,
} from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import type { EntityIndex } from './EntityIndex';

describe('TopologyService', () => {
  describe('when a source fails', () => {
    it.each([
      ['source-unreachable', 'unreachable'],
      ['forbidden', 'forbidden'],
    ] as const)(
      'still shows the cluster’s objects when Prometheus is %s',
      async (reason, status) => {
        const prometheus = new FakePrometheus(
          {},
          { requests: new SourceError(reason, 'No.') },
        );
        const topology = await topologyOf(targetOn(prometheus));
        expect(prometheus.asked).toHaveLength(1);
        expect(topology.nodes).toHaveLength(1);
        expect(topology.nodes[0]).toMatchObject({
          traffic: { requestsPerSecond: { status: 'unknown', reason } },
          endpoints: known({ ready: 3, total: 4 }),
          versions: [{ name: 'v1' }, { name: 'v2' }],
          breaker: { status: 'unknown' },
        });
        expect(topology.nodes[0].badges).not.toEqual([]);
        expect(topology.sources).toContainEqual({
          name: 'prometheus',
          cluster: 'east',
          status,
          message: 'No.',
        });
      },
    );

    it('says that Prometheus is not configured', async () => {
      const { nodes, sources } = await topologyOf(targetOn(undefined));
      expect(nodes[0].traffic.requestsPerSecond).toMatchObject({
        reason: 'not-configured',
      });
      expect(sources[1]).toMatchObject({ status: 'not-configured' });
    });

    it('loses only the percentiles when the latency query fails', async () => {
      const { nodes, sources } = await topologyOf(
        targetOn(
          new FakePrometheus(
            { requests },
            { buckets: new SourceError('source-unreachable', 'Too late.') },
          ),
        ),
      );
      expect(nodes[0].traffic).toMatchObject({
        requestsPerSecond: known(12),
        p95: { reason: 'source-unreachable', message: 'Too late.' },
      });
      expect(sources[1]).toMatchObject({
        status: 'partial',
        message: 'Too late.',
      });
    });

    it('draws the graph from telemetry alone when the cluster cannot be read', async () => {
      const blind = snapshotOf(
        {},
        {
          cluster: 'east',
          states: Object.fromEntries(
            Object.keys(objects).map(kind => [
              kind,
              { status: 'unreachable' as const },
            ]),
          ),
        },
      );
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests }), blind),
      );
      expect(nodes.map(({ id }) => id)).toEqual([
        'east/ai/chat',
        'east/ai/llm',
        'workload:east/ai/orchestrator',
        'workload:east/ai/batch',
      ]);
      expect(nodes[0]).toMatchObject({
        proxy: 'unknown',
        endpoints: { reason: 'source-unreachable' },
        breaker: { status: 'unknown' },
        versions: [{ name: 'v1' }, { name: 'v2' }],
      });
      expect(sources[0]).toMatchObject({ status: 'partial' });
    });
  });

  describe('with Kiali', () => {
    const kiali: KialiClient = {
      health: async () => [
        { namespace: 'ai', service: 'chat', status: 'degraded' },
      ],
      validations: async () => ({
        observedAt: new Date(now.getTime() - 20_000),
        validations: [
          {
            gvk: 'networking.istio.io/v1beta1, Kind=VirtualService',
            namespace: 'ai',
            name: 'chat',
            valid: true,
            checks: [
              { code: 'KIA1104', severity: 'warning', message: 'weights' },
            ],
          },
          {
            gvk: 'networking.istio.io/v1, Kind=VirtualService',
            namespace: 'other',
            name: 'chat',
            valid: false,
            checks: [{ severity: 'error', message: 'elsewhere' }],
          },
        ],
      }),
    };

    it('shows its health and its checks of the objects behind a service', async () => {
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests }), undefined, kiali),
      );
      expect(nodes[0].kiali).toEqual({
        health: 'degraded',
        validations: [
          {
            object: {
              cluster: 'east',
              apiVersion: 'networking.istio.io/v1',
              kind: 'VirtualService',
              namespace: 'ai',
              name: 'chat',
            },
            code: 'KIA1104',
            severity: 'warning',
            message: 'weights',
          },
        ],
      });
      expect(nodes[1].kiali).toEqual({ health: 'unknown', validations: [] });
      expect(sources).toContainEqual({
        name: 'kiali',
        cluster: 'east',
        status: 'ok',
        // As old as its checks.
        observedAt: new Date(now.getTime() - 20_000).toISOString(),
      });
    });

    it('says that Kiali looks for the cluster by a name that the metrics do not carry, where it knows no health while requests flow', async () => {
      const blind: KialiClient = {
        health: async () =>
          ['chat', 'llm'].map(service => ({
            namespace: 'ai',
            service,
            status: 'unknown',
          })),
        validations: async () => ({ observedAt: now, validations: [] }),
      };
      const said = async (seen: KialiClient) => {
        const { sources } = await topologyOf(
          targetOn(new FakePrometheus({ requests }), undefined, seen),
        );
        return sources.find(({ name }) => name === 'kiali');
      };
      expect(await said(blind)).toMatchObject({
        cluster: 'east',
        status: 'partial',
        message: expect.stringMatching(
          /cluster's name is not the one in Istio's metrics: set kubernetes_config\.cluster_name/,
        ),
      });
      expect(await said({ ...blind, health: kiali.health })).toMatchObject({
        status: 'ok',
      });
    });

    it('loses nothing else when Kiali fails', async () => {
      const broken = () =>
        Promise.reject(new SourceError('source-unreachable', 'Away.'));
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests }), undefined, {
          health: broken,
          validations: broken,
        }),
      );
      expect(nodes).toHaveLength(6);
      expect(nodes[0].kiali).toBeUndefined();
      expect(sources).toContainEqual({
        name: 'kiali',
        cluster: 'east',
        status: 'unreachable',
        message: 'Away.',
      });
    });
  });

  describe('with the catalog', () => {
    it('names the entity behind each service, and its own', async () => {
      const entities: EntityIndex = {
        findMany: async services =>
          services.map(({ name }) =>
            name === 'llm' ? 'component:default/llm' : undefined,
          ),
      };
      const { nodes } = await topologyOf(
        targetOn(new FakePrometheus({ requests })),
        entities,
      );
      expect(
        Object.fromEntries(
          nodes.map(({ name, entityRef }) => [name, entityRef]),
        ),
      ).toMatchObject({
        chat: 'component:default/chat',
        llm: 'component:default/llm',
        orchestrator: undefined,
      });
    });

    it('loses only the names when the catalog fails', async () => {
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests })),
        { findMany: () => Promise.reject(new Error('gone')) },
      );
      expect(nodes).toHaveLength(6);
      expect(sources).toContainEqual(
        expect.objectContaining({ name: 'catalog', status: 'unreachable' }),
      );
    });
  });

  it('puts several clusters into one answer', async () => {
    const east = targetOn(new FakePrometheus({ requests }));
    const west = targetOn(
      new FakePrometheus({ requests }),
      snapshotOf(objects, { cluster: 'west' }),
    );
    const { nodes, edges } = await topologyOf({
      ...east,
      clusters: [...east.clusters, ...west.clusters],
      searched: [...east.searched, ...west.searched],
    });
    expect(nodes.filter(({ cluster }) => cluster === 'west')).toHaveLength(6);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(12);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(10);
  });
});
