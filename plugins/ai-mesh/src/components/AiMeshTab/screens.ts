/** The tab's screens, in order; each is a sub-route. */
export const screens = [
  'overview',
  'topology',
  'traffic',
  'canary',
  'security',
  'slos',
  'review',
  'scorecard',
] as const;

/** @see {@link screens} */
export type ScreenName = (typeof screens)[number];
