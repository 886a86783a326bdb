import { useEffect, useMemo, useRef, useState } from 'react';
import { keepPlaces } from './keepPlaces';
import { layoutAside } from './layoutAside';
import { layoutGraph, type GraphLayout, type Structure } from './layoutGraph';

/** Up to so many nodes the layout takes less time than handing it to a worker. */
const AT_ONCE = 30;
/** So many layouts are kept, for a way back to a screen or to a choice. */
const KEPT = 8;

const kept = new Map<string, GraphLayout>();

function keep(written: string, layout: GraphLayout) {
  kept.delete(written);
  kept.set(written, layout);
  if (kept.size > KEPT) {
    const [oldest] = kept.keys();
    kept.delete(oldest);
  }
}

/**
 * The layout of a structure, which is the same for the same structure; a large one is made on another thread, and the
 * one before stays until it is there.
 *
 * @param written - the structure as JSON, so that an equal one is the same one
 * @param choice - what a person chose to see: as long as it is the same, nothing moves that need not
 */
export function useLayout(
  written: string,
  choice: string,
): {
  layout?: GraphLayout;
  /** It is that of another structure, or there is none yet. */
  underway: boolean;
} {
  const last = useRef<{ choice: string; layout: GraphLayout }>();
  const inPlace = useMemo(
    () =>
      last.current?.choice === choice
        ? keepPlaces(last.current.layout, JSON.parse(written) as Structure)
        : undefined,
    [written, choice],
  );
  const atOnce = useMemo(() => {
    const known = inPlace ?? kept.get(written);
    if (known) {
      return known;
    }
    const structure = JSON.parse(written) as Structure;
    return structure.nodes.length <= AT_ONCE
      ? layoutGraph(structure)
      : undefined;
  }, [written, inPlace]);
  const [made, setMade] = useState<{ written: string; layout: GraphLayout }>();
  const [failure, setFailure] = useState<unknown>();

  useEffect(() => {
    if (atOnce) {
      if (!inPlace) {
        keep(written, atOnce);
      }
      last.current = { choice, layout: atOnce };
      setMade({ written, layout: atOnce });
      return undefined;
    }
    let wanted = true;
    layoutAside(JSON.parse(written) as Structure).then(
      layout => {
        keep(written, layout);
        if (wanted) {
          last.current = { choice, layout };
          setMade({ written, layout });
        }
      },
      error => wanted && setFailure(error),
    );
    return () => {
      wanted = false;
    };
  }, [written, choice, atOnce, inPlace]);

  if (failure) {
    // The page's own boundary says it.
    throw failure;
  }
  return atOnce
    ? { layout: atOnce, underway: false }
    : { layout: made?.layout, underway: made?.written !== written };
}
