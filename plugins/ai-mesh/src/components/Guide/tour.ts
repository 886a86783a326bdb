import type { ScreenName } from '../AiMeshTab/screens';

/** What the tour shows, in order: one screen a step. */
export const tour: readonly ScreenName[] = [
  'overview',
  'topology',
  'canary',
  'security',
  'slos',
];

/** The address' parameter that holds the step, counted from one. */
export const TOUR_PARAMETER = 'tour';
