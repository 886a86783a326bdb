import { useStore } from '@xyflow/react';
import type { Point } from './layoutGraph';
import { labelShape, labelSpare } from './nodeSize';

/** Beyond so many nodes only what is in view is drawn: drawing it all would stop the page. */
export const DRAWN_AT_ONCE = 40;

const REACH = { x: labelShape.width / 2 + labelSpare, y: labelShape.height };

/** Whether a call's label, of which this is the middle, is to be drawn: its line may be in view where it is not. */
export function useLabelInView({ x, y }: Point): boolean {
  return useStore(({ nodes, transform: [left, top, zoom], width, height }) => {
    if (nodes.length <= DRAWN_AT_ONCE) {
      return true;
    }
    const isWithin = (at: number, reach: number, most: number) =>
      at + reach * zoom > 0 && at - reach * zoom < most;
    return (
      isWithin(x * zoom + left, REACH.x, width) &&
      isWithin(y * zoom + top, REACH.y, height)
    );
  });
}
