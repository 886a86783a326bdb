import type { GraphLayout } from './layoutGraph';

/** The way an arrow key goes. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node that an arrow key leads to: right along a call, left against it, up and down within the column.
 * Among several, the nearest in height.
 */
export function neighbourOf(
  nodeId: string,
  direction: Direction,
  layout: GraphLayout,
  visible: {
    nodes: string[];
    edges: Array<{ source: string; target: string }>;
  },
): string | undefined {
  const here = layout.nodes[nodeId];
  const middle = (id: string) =>
    layout.nodes[id].y + layout.nodes[id].height / 2;
  const nearest = (ids: string[]) =>
    ids
      .filter(id => id !== nodeId)
      .sort(
        (a, b) =>
          Math.abs(middle(a) - middle(nodeId)) -
          Math.abs(middle(b) - middle(nodeId)),
      )[0] as string | undefined;

  switch (direction) {
    case 'right':
      return nearest(
        visible.edges
          .filter(({ source }) => source === nodeId)
          .map(({ target }) => target),
      );
    case 'left':
      return nearest(
        visible.edges
          .filter(({ target }) => target === nodeId)
          .map(({ source }) => source),
      );
    default: {
      const inColumn = visible.nodes.filter(
        id => Math.abs(layout.nodes[id].x - here.x) < here.width / 2,
      );
      return nearest(
        inColumn.filter(id =>
          direction === 'up'
            ? middle(id) < middle(nodeId)
            : middle(id) > middle(nodeId),
        ),
      );
    }
  }
}
