/** What services may be grouped by. */
export const groupings = ['none', 'namespace', 'cluster', 'system'] as const;

/** @see {@link groupings} */
export type Grouping = (typeof groupings)[number];

/** Which services go together, and which of these groups are folded into one box. */
export interface Groups {
  grouping: Grouping;
  /** A group's name by the node's id; a node in none stands alone. */
  of: ReadonlyMap<string, string>;
  folded: ReadonlySet<string>;
  toggle: (name: string) => void;
}

/** Nothing is grouped. */
export const noGroups: Groups = {
  grouping: 'none',
  of: new Map(),
  folded: new Set(),
  toggle: () => undefined,
};
