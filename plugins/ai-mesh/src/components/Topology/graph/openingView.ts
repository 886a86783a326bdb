import type { GraphLayout } from './layoutGraph';

/** The smallest text of the graph is 12 pixels high; smaller than this it would be less than 11 on the screen. */
export const READABLE_ZOOM = 11 / 12;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the graph opens: all of it where that can be read, else the entity and its neighbours, else the entity. */
export function openingView(
  layout: GraphLayout,
  {
    own,
    near,
  }: {
    /** The entity's nodes. */
    own: readonly string[];
    /** They and their direct neighbours. */
    near: readonly string[];
  },
  size: { width: number; height: number },
): { x: number; y: number; zoom: number } {
  const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
  const wanted =
    zoomOf(whole, size) >= READABLE_ZOOM
      ? whole
      : (boundsOf(layout, near) ?? whole);
  const zoom = Math.min(1, Math.max(READABLE_ZOOM, zoomOf(wanted, size)));
  const centre = boundsOf(layout, own) ?? wanted;
  const along = (start: 'x' | 'y', extent: 'width' | 'height') => {
    const shown = wanted[extent] * zoom <= size[extent] ? wanted : centre;
    return size[extent] / 2 - (shown[start] + shown[extent] / 2) * zoom;
  };
  return { x: along('x', 'width'), y: along('y', 'height'), zoom };
}

function zoomOf(box: Box, size: { width: number; height: number }): number {
  return Math.min(size.width / box.width, size.height / box.height);
}

function boundsOf(
  layout: GraphLayout,
  ids: readonly string[],
): Box | undefined {
  const boxes = ids.flatMap(id => layout.nodes[id] ?? []);
  if (boxes.length === 0) {
    return undefined;
  }
  const x = Math.min(...boxes.map(box => box.x));
  const y = Math.min(...boxes.map(box => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map(box => box.x + box.width)) - x,
    height: Math.max(...boxes.map(box => box.y + box.height)) - y,
  };
}
