import {
  said,
  wording,
  wordsOf,
  type Unreadable,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ReviewSubject } from './ReviewSubject';

/**
 * Rules that Istio leaves out because of what they delegate to: to nothing, to what is no delegate, or on and on, as
 * delegates do that go in circles. What they were meant to do was not reviewed.
 */
export function deadDelegates({ routes }: ReviewSubject): Unreadable[] {
  return routes.notes.flatMap(({ path, objects: [object], ...note }) =>
    path === undefined
      ? []
      : [
          {
            object,
            path,
            ...said(...wordsOf(note), wording('route.notReviewed')),
          },
        ],
  );
}
