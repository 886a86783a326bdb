import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  HiddenNeighbours,
  type Conceal,
  type HiddenNeighboursOptions,
} from '../target/ownership';
import { veilNeighbours } from './veilNeighbours';

/**
 * The veil of notifications and events: who reads them is not known, so that they name what a reader of the entity alone
 * would see named.
 *
 * @param options - `clusters`: their names, for what stands outside of anything that has a cluster
 */
export function concealing(options: {
  neighbours: Omit<HiddenNeighboursOptions, 'readers'>;
  clusters: readonly string[];
  credentials(): Promise<BackstageCredentials>;
}): Conceal {
  return async (told, about) => {
    const own = (refs: readonly string[]) =>
      new Set(refs.filter(ref => ref === about.entityRef));
    const hidden = new HiddenNeighbours({
      ...options.neighbours,
      readers: {
        look: async refs => ({ seen: own(refs), readable: own(refs) }),
      },
    });
    return veilNeighbours(hidden, options.clusters)(
      told,
      about,
      await options.credentials(),
    );
  };
}
