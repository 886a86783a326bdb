import { useState } from 'react';

/** What of a list is chosen: all of it, but for what somebody took out. */
export function useChosen(): {
  isChosen(id: string): boolean;
  toggle(id: string): void;
} {
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  return {
    isChosen: id => !out.has(id),
    toggle: id =>
      setOut(before => {
        const after = new Set(before);
        if (!after.delete(id)) {
          after.add(id);
        }
        return after;
      }),
  };
}
