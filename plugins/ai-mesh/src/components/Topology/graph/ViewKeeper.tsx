import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { GraphLayout } from './layoutGraph';
import { openingView } from './openingView';

/** What the graph opens on. */
export interface Opening {
  /** When it changes, the graph is another one, and opens anew. */
  key: string;
  own: readonly string[];
  near: readonly string[];
}

/**
 * Keeps in view what has to be: where the graph opens, the entity at its place when others come and go, and the node that
 * the keyboard reached.
 */
export function ViewKeeper(props: {
  opening: Opening;
  /** The node that the reader is at. */
  focused: string | undefined;
  /** The node that does not move on the screen when a refresh brings another layout. */
  anchor: string | undefined;
  layout: GraphLayout;
  /** Pixels on the right that something else lies over. */
  covered: number;
}) {
  const { opening, focused, anchor, layout, covered } = props;
  const { setViewport, setCenter, getViewport } = useReactFlow();
  const store = useStoreApi();
  const width = useStore(state => state.width);
  const height = useStore(state => state.height);
  const shown = useRef<{ key: string; layout: GraphLayout }>();

  useEffect(() => {
    if (width === 0 || height === 0) {
      return;
    }
    const before = shown.current;
    shown.current = { key: opening.key, layout };
    if (before?.key !== opening.key) {
      setViewport(openingView(layout, opening, { width, height }));
      return;
    }
    const from = before.layout.nodes[anchor ?? ''];
    const to = layout.nodes[anchor ?? ''];
    if (before.layout !== layout && from && to) {
      const { x, y, zoom } = getViewport();
      setViewport({
        x: x + (from.x - to.x) * zoom,
        y: y + (from.y - to.y) * zoom,
        zoom,
      });
    }
  }, [opening, layout, anchor, width, height, setViewport, getViewport]);

  useEffect(() => {
    const box = focused === undefined ? undefined : layout.nodes[focused];
    if (!box) {
      return;
    }
    const { x, y, zoom } = getViewport();
    const free = width - covered;
    const inView =
      box.x * zoom + x >= 0 &&
      box.y * zoom + y >= 0 &&
      (box.x + box.width) * zoom + x <= free &&
      (box.y + box.height) * zoom + y <= store.getState().height;
    if (!inView) {
      setCenter(
        box.x + box.width / 2 + covered / 2 / zoom,
        box.y + box.height / 2,
        { zoom },
      );
    }
  }, [focused, layout, covered, width, getViewport, setCenter, store]);

  return null;
}
