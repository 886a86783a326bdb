import { unknown } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { edge, node, topology, unknownTraffic } from '../../../__testUtils__';
import { layoutGraph, structureOf } from '../graph/layoutGraph';
import { topologyCsv } from './topologyCsv';
import { topologySvg } from './topologySvg';

const ink = {
  paper: '#fff',
  text: '#000',
  line: '#777',
  health: {
    healthy: '#0a0',
    slow: '#a60',
    degraded: '#a60',
    failing: '#a00',
    unknown: '#777',
  },
};

function picture(of: Parameters<typeof topologySvg>[0]) {
  return topologySvg(of, layoutGraph(structureOf(of)), ink, {
    title: 'component:default/chat',
    ofNode: ({ name }) => [`figures of ${name}`],
    ofEdge: ({ id }) => [id],
  });
}

const parsed = (svg: string) =>
  new DOMParser().parseFromString(svg, 'image/svg+xml');

describe('topologySvg', () => {
  it('draws every node, every call and their words', () => {
    const of = topology();
    const document = parsed(picture(of));
    const texts = [...document.querySelectorAll('text')].map(
      ({ textContent }) => textContent,
    );
    for (const { name } of of.nodes) {
      expect(texts).toContain(name);
      expect(texts).toContain(`figures of ${name}`);
    }
    expect(document.querySelectorAll('path[marker-end]')).toHaveLength(
      of.edges.length,
    );
  });

  it('is one picture whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 20 }),
          fc.constant('</text><script>alert(1)</script>'),
        ),
        name => {
          const document = parsed(
            picture({ nodes: [node('a', { name })], edges: [] }),
          );
          expect(document.querySelector('parsererror')).toBeNull();
          expect(document.querySelector('script')).toBeNull();
        },
      ),
    );
  });
});

describe('topologyCsv', () => {
  it('says why a figure is missing, and keeps formulas and quotes as text', () => {
    const [titles, row] = topologyCsv({
      nodes: [
        node('a', { name: '=HYPERLINK("x")' }),
        node('b', { namespace: 'two, three' }),
      ],
      edges: [
        edge('a', 'b', {
          traffic: unknownTraffic('not-exported'),
          encryption: unknown('no-such-label'),
        }),
      ],
    }).split('\r\n');
    expect(titles).toMatch(/^source_cluster,source_namespace,source_name,/);
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
    expect(row).toContain('"two, three"');
    expect(row).toContain('unknown (not-exported)');
    expect(row).toContain('unknown (no-such-label)');
  });
});
