import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import {
  edge,
  encryption,
  node,
  outage,
  topology,
  traffic,
  unknownTraffic,
} from '../../__testUtils__';
import { edgeHealth } from './edgeHealth';
import { filterTopology, findNodes, Show } from './filterTopology';

const shown = (of: ReturnType<typeof topology>, show: Show) => {
  const { nodes, edges } = filterTopology(of, show);
  return { nodes: [...nodes].sort(), edges: [...edges].sort() };
};

describe('filterTopology', () => {
  it('shows everything', () => {
    const { nodes, edges } = filterTopology(topology(), 'all');
    expect(nodes.size).toBe(topology().nodes.length);
    expect(edges.size).toBe(topology().edges.length);
  });

  it('shows only what fails, with both ends of a failing call', () => {
    expect(shown(topology(), 'failing')).toEqual({
      nodes: ['ai-chat-service', 'nightly-report'],
      edges: ['nightly-report>ai-chat-service'],
    });
  });

  it('shows only plaintext calls, also where most of a call is encrypted', () => {
    const edges = [
      edge('a', 'b', { encryption: encryption(99, 1) }),
      edge('b', 'c', { encryption: encryption(0, 1) }),
      edge('c', 'd', { encryption: encryption(1, 0) }),
      edge('d', 'e', { encryption: unknown('no-such-label') }),
    ];
    const nodes = ['a', 'b', 'c', 'd', 'e'].map(name => node(name));
    expect(shown(topology({ nodes, edges }), 'plaintext')).toEqual({
      nodes: ['a', 'b', 'c'],
      edges: ['a>b', 'b>c'],
    });
  });

  it('hides what is healthy, but not what is unknown', () => {
    expect(shown(topology(), 'unhealthy').nodes).toEqual([
      'ai-chat-service',
      'nightly-report',
    ]);
    expect(shown(outage(), 'unhealthy').nodes).toEqual([
      'ai-chat-service',
      'ai-orchestrator',
      'api-gateway',
      'llm-gateway-service',
      'nightly-report',
    ]);
  });
});

describe('findNodes', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['CHAT', ['ai-chat-service']],
    ['openai', ['api.openai.example']],
    ['component:default/ai-o', ['ai-orchestrator']],
    ['ai-services/vector', ['vector-store']],
    ['nothing-like-it', []],
  ])('finds by "%s"', (typed, ids) => {
    expect([...findNodes(topology(), typed)]).toEqual(ids);
  });
});

describe('edgeHealth', () => {
  it.each([
    [traffic(1), 'healthy'],
    [traffic(1, { errorRatio: 0.01 }), 'healthy'],
    [traffic(1, { errorRatio: 0.011 }), 'degraded'],
    [traffic(1, { errorRatio: 0.051 }), 'failing'],
    [traffic(1, { throttledRatio: 0.06 }), 'degraded'],
    [{ ...traffic(1), throttledRatio: unknown('not-exported') }, 'healthy'],
    [unknownTraffic('no-traffic'), 'unknown'],
    [{ ...traffic(0), errorRatio: known(0) }, 'healthy'],
  ] as const)('%# is %s', (of, health) => {
    expect(edgeHealth(edge('a', 'b', { traffic: of }))).toBe(health);
  });
});
