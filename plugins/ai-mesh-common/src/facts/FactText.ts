/**
 * The words of one fact.
 *
 * @public
 */
export interface FactText {
  title: string;
  /** What it says, in a sentence. */
  description: string;
  /** What it is read from. */
  measured: string;
}
