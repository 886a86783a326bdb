import type { OwnThings } from './HiddenNeighbours';

/**
 * Takes out of what is announced, to nobody in particular, the names of all that is not the entity's own or nobody's.
 *
 * @throws when the catalog does not answer
 */
export type Conceal = <Told>(
  told: Told,
  about: OwnThings & { entityRef: string },
) => Promise<Told>;
