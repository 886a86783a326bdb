import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { fitOptions } from './fitOptions';
import type { GraphLayout } from './layoutGraph';

/** Keeps in view what has to be: everything when the graph changes, and the node that the keyboard reached. */
export function ViewKeeper(props: {
  fitKey: string;
  /** The node that the reader is at. */
  focused: string | undefined;
  layout: GraphLayout;
  /** Pixels on the right that something else lies over. */
  covered: number;
}) {
  const { fitKey, focused, layout, covered } = props;
  const { fitView, setCenter, getViewport } = useReactFlow();
  const store = useStoreApi();
  const width = useStore(state => state.width);
  const fitted = useRef(fitKey);

  useEffect(() => {
    if (fitted.current !== fitKey) {
      fitted.current = fitKey;
      fitView(fitOptions);
    }
  }, [fitKey, fitView]);

  useEffect(() => {
    const box = focused === undefined ? undefined : layout.nodes[focused];
    if (!box) {
      return;
    }
    const { x, y, zoom } = getViewport();
    const { height } = store.getState();
    const free = width - covered;
    const inView =
      box.x * zoom + x >= 0 &&
      box.y * zoom + y >= 0 &&
      (box.x + box.width) * zoom + x <= free &&
      (box.y + box.height) * zoom + y <= height;
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
