import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { edgeHealth, isAlarming } from '../edgeHealth';
import { edgePath } from '../graph/edgePath';
import type { GraphLayout } from '../graph/layoutGraph';
import { labelShape } from '../graph/nodeSize';

/** Pixels. */
const TITLE_HEIGHT = 28;
const LINE_HEIGHT = 16;

/** The colours of a picture. */
export interface Ink {
  paper: string;
  text: string;
  line: string;
  health: Record<Topology['nodes'][number]['health']['status'], string>;
}

/** The graph as a picture of its own, complete and sharp at any size. Every text in it is escaped. */
export function topologySvg(
  topology: Pick<Topology, 'nodes' | 'edges'>,
  layout: GraphLayout,
  ink: Ink,
  words: {
    title: string;
    /** Lines below a node's name. */
    ofNode: (node: Topology['nodes'][number]) => string[];
    ofEdge: (edge: Topology['edges'][number]) => string[];
  },
): string {
  const width = Math.ceil(layout.width);
  const height = Math.ceil(layout.height) + TITLE_HEIGHT;
  const edges = topology.edges.filter(({ id }) => layout.edges[id]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="${ink.text}">`,
    `<title>${escaped(words.title)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path d="M 0 0 L 10 5 L 0 10 z" fill="${ink.line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${ink.paper}"/>`,
    textAt({ x: 16, y: 18 }, words.title, 'font-weight="bold"'),
    `<g transform="translate(0 ${TITLE_HEIGHT})">`,
    ...edges.map(edge => {
      const health = edgeHealth(edge);
      const colour = isAlarming(health) ? ink.health[health] : ink.line;
      return `<path d="${edgePath(layout, edge)}" fill="none" stroke="${colour}" stroke-width="1.5" marker-end="url(#arrow)"/>`;
    }),
    ...edges.map(edge => {
      const { x, y } = layout.edges[edge.id].label;
      const left = x - labelShape.width / 2;
      const lines = words.ofEdge(edge);
      const top = y - (lines.length * LINE_HEIGHT) / 2;
      return [
        box(
          left,
          top - 3,
          labelShape.width,
          lines.length * LINE_HEIGHT + 6,
          ink,
        ),
        ...lines.map((line, at) =>
          textAt(
            { x, y: top + (at + 0.75) * LINE_HEIGHT },
            line,
            'text-anchor="middle"',
          ),
        ),
      ].join('');
    }),
    ...topology.nodes.flatMap(node => {
      const at = layout.nodes[node.id];
      if (!at) {
        return [];
      }
      const { x, y } = at;
      return [
        box(x, y, at.width, at.height, ink),
        `<rect x="${x}" y="${y}" width="5" height="${at.height}" fill="${ink.health[node.health.status]}"/>`,
        textAt(
          { x: x + 14, y: y + 22 },
          node.name,
          `font-size="14"${node.relation === 'own' ? ' font-weight="bold"' : ''}`,
        ),
        ...words
          .ofNode(node)
          .map((line, index) =>
            textAt({ x: x + 14, y: y + 42 + index * 18 }, line),
          ),
      ];
    }),
    '</g></svg>',
  ].join('\n');
}

function box(
  x: number,
  y: number,
  width: number,
  height: number,
  ink: Ink,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${ink.paper}" stroke="${ink.line}"/>`;
}

function textAt(at: { x: number; y: number }, text: string, more = ''): string {
  return `<text x="${at.x}" y="${at.y}" ${more}>${escaped(text)}</text>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Also without the characters that XML does not allow. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, character => entities[character])
  );
}
