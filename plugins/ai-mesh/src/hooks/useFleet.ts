import {
  joinValues,
  MOST_FLEET_ROWS,
  type Fleet,
  type FleetFilterQuery,
  type FleetHurting,
  type FleetQuery,
} from '@ai-mesh/plugin-ai-mesh-common';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useRef } from 'react';
import { aiMeshApiRef } from '../api';
import { Polled, REFRESH_INTERVAL_MS, usePolling } from './usePolling';

/** Rows of a step of scrolling. */
export const FLEET_STEP = MOST_FLEET_ROWS;

/** The reader's own, in the place of an owner. */
export const MINE = 'mine';

export type FleetChoices = Omit<FleetQuery, 'limit' | 'cursor'>;

/** By their names rows stay where they are from page to page; by a figure one that has moved up meanwhile would be on none. */
export const IN_PLACE = { sort: 'name', order: 'asc' } as const;

/**
 * The first rows of the fleet, kept fresh. Where more are wanted than before, and those are fresh, only the others are asked for.
 *
 * @param wanted - how many, at most; infinity: all
 */
export function useFleet(choices: FleetChoices, wanted: number): Polled<Fleet> {
  const ask = useFleetRows(choices);
  const asked = JSON.stringify(choices);
  const last = useRef<{
    asked: string;
    wanted: number;
    at: number;
    fleet: Fleet;
  }>();
  return usePolling('fleet', JSON.stringify([asked, wanted]), async signal => {
    const now = Date.now();
    const begun =
      last.current?.asked === asked &&
      last.current.wanted < wanted &&
      Math.abs(now - last.current.at) < REFRESH_INTERVAL_MS
        ? last.current
        : undefined;
    const fleet = await ask(wanted, signal, begun?.fleet);
    last.current = { asked, wanted, at: begun?.at ?? now, fleet };
    return fleet;
  });
}

/** All rows, for what is counted over them: many pages, so that they are asked for once a minute. */
export function useWholeFleet(): Polled<Fleet> {
  const ask = useFleetRows(IN_PLACE);
  return usePolling('fleet', 'whole', signal => ask(Infinity, signal), {
    everyMs: 60_000,
  });
}

/** Asks for the first rows of the fleet, page by page; `begun` are those that are there. */
export function useFleetRows(
  choices: FleetChoices,
): (wanted: number, signal?: AbortSignal, begun?: Fleet) => Promise<Fleet> {
  const api = useApi(aiMeshApiRef);
  const ownersOf = useOwners();
  return async (wanted, signal, begun) => {
    const owner = await ownersOf(choices);
    const page = (rows: number, cursor?: string) =>
      api.fleet(
        {
          ...choices,
          owner,
          limit: Math.min(MOST_FLEET_ROWS, wanted - rows),
          cursor,
        },
        { signal },
      );
    let answer = begun ?? (await page(0));
    while (answer.next && answer.rows.length < wanted) {
      const { rows, next } = await page(answer.rows.length, answer.next);
      answer = { ...answer, rows: withNew(answer.rows, rows), next };
    }
    return answer;
  };
}

/** Rows change places between two pages: one that was on the first is not shown again. */
function withNew(rows: Fleet['rows'], more: Fleet['rows']): Fleet['rows'] {
  const there = new Set(rows.map(({ entityRef }) => entityRef));
  return [...rows, ...more.filter(({ entityRef }) => !there.has(entityRef))];
}

/** Where it hurts now, over the entities that meet the filters, kept fresh. */
export function useFleetHurting(
  filters: FleetFilterQuery,
): Polled<FleetHurting> {
  const api = useApi(aiMeshApiRef);
  const ownersOf = useOwners();
  return usePolling('fleet-hurting', JSON.stringify(filters), async signal =>
    api.fleetHurting(
      { ...filters, owner: await ownersOf(filters) },
      { signal },
    ),
  );
}

/** Whose entities are meant: the reader's own, or whose they were said to be. */
function useOwners() {
  const identity = useApi(identityApiRef);
  return async ({ owner }: FleetFilterQuery): Promise<string | undefined> =>
    owner === MINE
      ? // Who is nobody's owner is shown nothing: no reference is called so.
        joinValues(
          (await identity.getBackstageIdentity()).ownershipEntityRefs,
        ) || MINE
      : owner;
}
