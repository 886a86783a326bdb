import { LRUCache } from 'lru-cache';
import type { MeshKind } from '../../kubernetes/kinds';
import { RESTLESS } from '../../live/ConfigurationSignal';

/** Of one that was forgotten, facts are computed again in their turn. */
const MOST_PLACES = 20_000;

/** A namespace of a cluster as one text. */
export function placeKey(cluster: string, namespace: string): string {
  return `${cluster}/${namespace}`;
}

/**
 * Where on the clusters configuration was edited last, as far as this replica has seen. Every replica sees all of it, so
 * that whichever computes facts next knows whose turn comes sooner.
 */
export class ChangedPlaces {
  readonly #at = new LRUCache<string, number>({ max: MOST_PLACES });
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  changed(
    kind: MeshKind,
    { cluster, namespace }: { cluster: string; namespace?: string },
  ): void {
    if (!RESTLESS.has(kind)) {
      this.#at.set(placeKey(cluster, namespace ?? ''), this.#now());
    }
  }

  /** Whether one of the places has been edited since. */
  since(places: readonly string[], at: string): boolean {
    const time = Date.parse(at);
    return places.some(
      place =>
        this.#editedAt(place) > time ||
        this.#editedAt(placeKey(place.split('/')[0], '')) > time,
    );
  }

  /**
   * What was edited later than now was edited before the clock was set back. It counts as edited now: else its entities would
   * come before all others at every look, until the clock is there again.
   */
  #editedAt(place: string): number {
    const at = this.#at.get(place) ?? 0;
    const now = this.#now();
    if (at > now) {
      this.#at.set(place, now);
    }
    return Math.min(at, now);
  }
}
