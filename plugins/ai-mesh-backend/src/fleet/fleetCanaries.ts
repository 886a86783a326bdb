import {
  known,
  type FleetCanary,
  type FleetHurting,
  type FleetRow,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { keyOf } from './FleetPeer';

/** More are not shown at once; those that wait come first. */
const MOST_CANARIES = 200;

/** Whose canaries they are: its own, and those of its Services. */
type Owning = Pick<FleetRow, 'entityRef' | 'services'>;

/** Of each row the canary to look at first, among its own and those of its Services; null: none is active. */
export function firstCanaries(
  canaries: Measured<readonly FleetCanary[]>,
): (row: Owning) => FleetRow['canary'] {
  if (canaries.status === 'unknown') {
    return () => canaries;
  }
  const ordered = inOrder(canaries.value);
  const ranks = new Map<string, number>();
  ordered.forEach(({ entityRef, service }, rank) => {
    for (const key of [entityRef, keyOf(service)]) {
      ranks.set(key, ranks.get(key) ?? rank);
    }
  });
  return ({ entityRef, services }) => {
    const [first] = [entityRef, ...services.map(keyOf)]
      .flatMap(key => ranks.get(key) ?? [])
      .sort((a, b) => a - b);
    if (first === undefined) {
      return known(null);
    }
    const { id, state, next } = ordered[first];
    return known({ id, state, next });
  };
}

/** @param rows - whose alone are shown; absent: everybody's */
export function shownCanaries(
  canaries: Measured<readonly FleetCanary[]>,
  rows: readonly Owning[] | undefined,
): Pick<FleetHurting, 'canaries' | 'moreCanaries'> {
  if (canaries.status === 'unknown') {
    return { canaries };
  }
  const all = inOrder(rows ? canariesOf(rows, canaries.value) : canaries.value);
  const more = all.length - MOST_CANARIES;
  return {
    canaries: known(all.slice(0, MOST_CANARIES)),
    ...(more > 0 && { moreCanaries: more }),
  };
}

/** Those of the entities, and of their Services. */
function canariesOf(
  entities: readonly Owning[],
  canaries: readonly FleetCanary[],
): FleetCanary[] {
  if (canaries.length === 0) {
    return [];
  }
  const refs = new Set(entities.map(({ entityRef }) => entityRef));
  const own = new Set(entities.flatMap(({ services }) => services.map(keyOf)));
  return canaries.filter(
    ({ entityRef, service }) => refs.has(entityRef) || own.has(keyOf(service)),
  );
}

/** Those first that wait for the reader, then those that wait for somebody, then the latest. */
function inOrder(canaries: readonly FleetCanary[]): FleetCanary[] {
  const rank = ({ waiting, waitingForMe }: FleetCanary) =>
    2 * Number(waitingForMe) + Number(waiting);
  return [...canaries].sort(
    (a, b) => rank(b) - rank(a) || b.requestedAt.localeCompare(a.requestedAt),
  );
}
