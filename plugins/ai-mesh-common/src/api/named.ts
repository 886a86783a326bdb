/**
 * A type under the name of the interface that extends it. What the compiler writes into declarations then says the name,
 * where it would write out the whole type once more in each type that it is part of.
 *
 * @public
 */
export type Named<T> = T;
