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
import { parseExpression } from './expression';
import { filterTopology, findIn, Show } from './filterTopology';

function expression(written: string) {
  const parsed = parseExpression(written);
  if (parsed.status !== 'read') {
    throw new Error(JSON.stringify(parsed));
  }
  return parsed.expression;
}

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

describe('what is hidden', () => {
  const hidden = (written: string) => {
    const all = topology();
    const { nodes, edges } = filterTopology(all, 'all', expression(written));
    return {
      nodes: all.nodes.filter(({ id }) => !nodes.has(id)).map(({ id }) => id),
      edges: all.edges.filter(({ id }) => !edges.has(id)).map(({ id }) => id),
    };
  };

  it('takes its calls with it', () => {
    expect(hidden('name=nightly-report')).toEqual({
      nodes: ['nightly-report'],
      edges: ['nightly-report>ai-chat-service'],
    });
  });

  it('leaves nobody behind whose only calls are hidden', () => {
    expect(hidden('plaintext')).toEqual({
      nodes: ['nightly-report'],
      edges: ['nightly-report>ai-chat-service'],
    });
  });

  it('is not what is unknown', () => {
    expect(hidden('name=nobody')).toEqual({ nodes: [], edges: [] });
  });
});

describe('findIn', () => {
  it.each([
    ['CHAT', ['ai-chat-service']],
    ['openai', ['api.openai.example']],
    ['component:default/ai-o', ['ai-orchestrator']],
    ['ai-services/vector', ['vector-store']],
    ['nothing-like-it', []],
  ])('finds by "%s"', (typed, ids) => {
    expect([...findIn(topology(), expression(typed)).nodes]).toEqual(ids);
  });

  it('finds calls by what is measured of them', () => {
    expect([...findIn(topology(), expression('plaintext')).edges]).toEqual([
      'nightly-report>ai-chat-service',
    ]);
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
