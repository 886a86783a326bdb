/** How much of a file of objectives is read: what is larger is a problem that says so. */
export interface DocumentLimits {
  bytes: number;
  lines: number;
  /** Maps and lists within each other. */
  nesting: number;
  /** Keys of maps and items of lists, in the whole file. */
  keys: number;
  objectives: number;
  /** Series that one counter of an objective may read. */
  series: number;
  /** That reading may take, from when a thread begins. */
  seconds: number;
}
