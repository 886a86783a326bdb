import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { fitOptions } from './fitOptions';
import type { GraphLayout } from './layoutGraph';

/** Keeps in view what has to be: everything when the graph changes, and the node that the keyboard reached. */
export function ViewKeeper(props: {
  fitKey: string;
  focused: string | undefined;
  layout: GraphLayout;
}) {
  const { fitKey, focused, layout } = props;
  const { fitView, setCenter, getViewport } = useReactFlow();
  const store = useStoreApi();
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
    const { width, height } = store.getState();
    const inView =
      box.x * zoom + x >= 0 &&
      box.y * zoom + y >= 0 &&
      (box.x + box.width) * zoom + x <= width &&
      (box.y + box.height) * zoom + y <= height;
    if (!inView) {
      setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom });
    }
  }, [focused, layout, getViewport, setCenter, store]);

  return null;
}
