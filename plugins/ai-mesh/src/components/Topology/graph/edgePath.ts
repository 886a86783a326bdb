import type { GraphLayout, Point } from './layoutGraph';

/**
 * The line of a call as an SVG path: out of the side of the caller that faces the called,
 * through the bends, with level ends, so that lines into one node run together.
 */
export function edgePath(
  layout: GraphLayout,
  edge: { id: string; source: string; target: string },
): string {
  const source = layout.nodes[edge.source];
  const target = layout.nodes[edge.target];
  const { bends } = layout.edges[edge.id];
  if (edge.source === edge.target) {
    return polyline([
      side(source, 'right'),
      ...bends,
      { x: source.x + source.width, y: source.y + source.height - 12 },
    ]);
  }
  const forward = source.x <= target.x;
  return polyline([
    side(source, forward ? 'right' : 'left'),
    ...bends,
    side(target, forward ? 'left' : 'right'),
  ]);
}

function side(
  box: GraphLayout['nodes'][string],
  which: 'left' | 'right',
): Point {
  return {
    x: which === 'left' ? box.x : box.x + box.width,
    y: box.y + box.height / 2,
  };
}

function polyline([start, ...rest]: Point[]): string {
  let previous = start;
  const curves = rest.map(point => {
    const middle = (previous.x + point.x) / 2;
    const curve = `C ${middle} ${previous.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    previous = point;
    return curve;
  });
  return [`M ${start.x} ${start.y}`, ...curves].join(' ');
}
