import { type KeyboardEvent, type MouseEvent, useState } from 'react';

/** Which of a chart's moments the pointer is at, or the arrow keys are; and what an element needs to know it. */
export function usePointed(
  /** Where the moments lie, oldest first; pixels. */
  xs: readonly number[],
  onPick?: (index: number) => void,
) {
  const [pointed, setPointed] = useState<number>();
  const last = xs.length - 1;
  // There may be fewer than when it was pointed at.
  const index =
    pointed === undefined || last < 0 ? undefined : Math.min(pointed, last);
  const keys: Record<string, number> = {
    ArrowLeft: Math.max(0, (index ?? 1) - 1),
    ArrowRight: Math.min(last, (index ?? -1) + 1),
    Home: 0,
    End: last,
  };
  const under = ({ currentTarget, clientX }: MouseEvent) =>
    nearest(xs, clientX - currentTarget.getBoundingClientRect().left);
  return {
    index,
    handlers: {
      onPointerMove: (event: MouseEvent) => setPointed(under(event)),
      onPointerLeave: () => setPointed(undefined),
      onClick: (event: MouseEvent) => onPick?.(under(event)),
    },
    keyHandlers: {
      onFocus: () => setPointed(was => was ?? 0),
      onBlur: () => setPointed(undefined),
      onKeyDown: (event: KeyboardEvent) => {
        if (Object.hasOwn(keys, event.key)) {
          event.preventDefault();
          setPointed(keys[event.key]);
        } else if (event.key === 'Enter' && index !== undefined) {
          onPick?.(index);
        }
      },
    },
  };
}

function nearest(xs: readonly number[], x: number): number {
  return xs.reduce(
    (best, at, index) =>
      Math.abs(at - x) < Math.abs(xs[best] - x) ? index : best,
    0,
  );
}
