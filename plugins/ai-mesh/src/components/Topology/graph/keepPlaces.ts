import { framesOf, type GraphLayout, type Structure } from './layoutGraph';

/**
 * A layout in which nothing has moved since another one: what is gone is left out, and a call that has come goes straight.
 *
 * @returns undefined where something has come, or become larger, that needs a place
 */
export function keepPlaces(
  before: GraphLayout,
  { nodes, edges }: Structure,
): GraphLayout | undefined {
  const fits = nodes.every(({ id, width, height }) => {
    const place = before.nodes[id];
    return place?.width === width && place.height === height;
  });
  if (!fits) {
    return undefined;
  }
  const places = Object.fromEntries(
    nodes.map(({ id }) => [id, before.nodes[id]]),
  );
  const groups = framesOf(nodes, places);
  return {
    nodes: places,
    edges: Object.fromEntries(
      edges.map(({ id, source, target }) => [
        id,
        before.edges[id] ?? {
          label: between(places[source], places[target]),
          bends: [],
        },
      ]),
    ),
    ...(groups && { groups }),
    width: before.width,
    height: before.height,
  };
}

type Box = GraphLayout['nodes'][string];

function between(a: Box, b: Box) {
  return {
    x: (a.x + a.width / 2 + b.x + b.width / 2) / 2,
    y: (a.y + a.height / 2 + b.y + b.height / 2) / 2,
  };
}
