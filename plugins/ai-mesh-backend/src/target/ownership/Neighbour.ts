/** Something that an answer names: a Service, a workload, or who runs by a service account. */
export interface Neighbour {
  /** Where it may be; of several, wherever it is found. */
  clusters: readonly string[];
  /** Absent: known by its name alone, as a metric or a trace has it. */
  namespace?: string;
  name: string;
  /** How it stands in the answer, where that is more than its name: `ns/shop/sa/default`. */
  text?: string;
  /** It stands in a text, and is a name only where a cluster knows something that is called so. */
  ifKnown?: true;
}
