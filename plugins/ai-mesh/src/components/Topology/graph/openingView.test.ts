import fc from 'fast-check';
import type { GraphLayout } from './layoutGraph';
import { openingView, READABLE_ZOOM } from './openingView';

const screen = { width: 1016, height: 450 };

function row(count: number): GraphLayout {
  return {
    nodes: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `n${at}`,
        { x: 16 + at * 334, y: 16, width: 204, height: 80 },
      ]),
    ),
    edges: {},
    width: count * 334 - 130 + 32,
    height: 112,
  };
}

/** Where a point of the graph is on the screen. */
const onScreen = (
  { x, y, zoom }: ReturnType<typeof openingView>,
  point: { x: number; y: number },
) => ({ x: point.x * zoom + x, y: point.y * zoom + y });

describe('openingView', () => {
  it('shows all of a graph that can be read, never larger than life', () => {
    const view = openingView(row(3), { own: ['n1'], near: ['n1'] }, screen);
    expect(view.zoom).toBe(1);
    expect(onScreen(view, { x: 904 / 2, y: 56 })).toEqual({ x: 508, y: 225 });
  });

  it('shows the entity and its neighbours of a larger one', () => {
    const layout = row(12);
    const near = ['n4', 'n5', 'n6'];
    const view = openingView(layout, { own: ['n5'], near }, screen);
    for (const id of near) {
      const { x, width } = layout.nodes[id];
      expect(onScreen(view, { x, y: 0 }).x).toBeGreaterThanOrEqual(0);
      expect(onScreen(view, { x: x + width, y: 0 }).x).toBeLessThanOrEqual(
        screen.width,
      );
    }
  });

  it('is about the entity where its neighbours are too many', () => {
    const layout = row(12);
    const view = openingView(
      layout,
      { own: ['n2'], near: Object.keys(layout.nodes) },
      screen,
    );
    const { x, width } = layout.nodes.n2;
    expect(onScreen(view, { x: x + width / 2, y: 0 }).x).toBeCloseTo(508);
  });

  it('never makes a text of 12 pixels smaller than 11', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 300, max: 3000 }),
        fc.integer({ min: 200, max: 2000 }),
        (count, width, height) => {
          const { zoom } = openingView(
            row(count),
            { own: ['n0'], near: ['n0', 'n1'] },
            { width, height },
          );
          expect(zoom).toBeGreaterThanOrEqual(READABLE_ZOOM);
          expect(zoom).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
