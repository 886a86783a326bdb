/** What is used of the package, whose own declarations its `exports` hide. */
declare module 'cephes' {
  /** The regularised incomplete beta function I_x(a, b). */
  export function incbet(a: number, b: number, x: number): number;
  /** ln B(a, b) */
  export function lbeta(a: number, b: number): number;
  /** The standard normal distribution up to x. */
  export function ndtr(x: number): number;
}
