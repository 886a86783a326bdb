import { ROW_PARAMETER } from '@ai-mesh/plugin-ai-mesh-common';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Whether the address names a row, as links in messages do; its `ref` brings it into view.
 *
 * @param row - what names the row on its screen
 */
export function useLinkedRow(row: string): {
  isLinked: boolean;
  ref: (element: HTMLElement | null) => void;
} {
  const isLinked = useLinkedRowName() === row;
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (isLinked) {
        element?.scrollIntoView({ block: 'center' });
      }
    },
    [isLinked],
  );
  return { isLinked, ref };
}

/** The row that the address names. */
export function useLinkedRowName(): string | null {
  const [params] = useSearchParams();
  return params.get(ROW_PARAMETER);
}
