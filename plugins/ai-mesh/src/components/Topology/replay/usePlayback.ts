import { useCallback, useEffect, useState } from 'react';
import { parseMoment, useSearchParam } from '../../../hooks';

/** Moments a second. */
export const speeds = ['1', '2', '4'] as const;
export type Speed = (typeof speeds)[number];

/** Which moment of a replay is shown; it is in the address, so that a link shows the same. */
export function usePlayback(moments: readonly string[]) {
  const [shown, setShown] = useSearchParam<string>('moment', parseMoment, '');
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>('2');
  const last = moments.length - 1;
  const found = moments.findIndex(at => at >= shown);
  // One that has left the span, or is not in it yet, is nearest to one of its ends.
  const index = shown === '' || found === -1 ? last : found;

  const go = useCallback(
    (to: number) => {
      setShown(moments[Math.max(0, Math.min(to, last))] ?? '');
    },
    [moments, last, setShown],
  );
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    if (index >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => go(index + 1), 1000 / Number(speed));
    return () => clearTimeout(timer);
  }, [playing, index, last, speed, go]);

  return {
    moments,
    index,
    last,
    playing,
    speed,
    setSpeed,
    /** From the start again where it has come to the end. */
    play: () => {
      if (index >= last) {
        go(0);
      }
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    go: (to: number) => {
      setPlaying(false);
      go(to);
    },
  };
}

/** @see {@link usePlayback} */
export type Playback = ReturnType<typeof usePlayback>;
