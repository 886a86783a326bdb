/** An answer that says when it arrived, for those that have no such time of their own. */
export interface Received<T> {
  observedAt: string;
  answer: T;
}

export function received<T>(answer: T): Received<T> {
  return { observedAt: new Date().toISOString(), answer };
}
