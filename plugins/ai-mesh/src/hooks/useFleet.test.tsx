import {
  fleetRequestSchema,
  type FleetQuery,
} from '@ai-mesh/plugin-ai-mesh-common';
import { identityApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { fleet, fleetRow } from '../__testUtils__/fleet';
import { aiMeshApiRef } from '../api';
import { FLEET_STEP, useFleet, type FleetChoices } from './useFleet';

const all = Array.from({ length: 5 * FLEET_STEP }, (_, index) =>
  fleetRow(`service-${index}`),
);

/** Renders the hook over a fleet of five pages, and remembers from which row on pages were asked for. */
function look() {
  const asked: number[] = [];
  const api = {
    fleet: async (query: FleetQuery) => {
      const { limit, cursor = '0' } = fleetRequestSchema.parse(query);
      const from = Number(cursor);
      asked.push(from);
      const to = from + limit;
      return fleet({
        rows: all.slice(from, to),
        total: all.length,
        ...(to < all.length && { next: String(to) }),
      });
    },
  };
  const hook = renderHook(({ choices, wanted }) => useFleet(choices, wanted), {
    initialProps: {
      choices: { sort: 'rate' } as FleetChoices,
      wanted: FLEET_STEP,
    },
    wrapper: ({ children }: PropsWithChildren) => (
      <TestApiProvider
        apis={[
          [aiMeshApiRef, api as never],
          [identityApiRef, {} as never],
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  });
  const rows = () => hook.result.current.data?.rows.length;
  const untilRows = (count: number) =>
    waitFor(() => expect(rows()).toBe(count));
  return { ...hook, asked, untilRows };
}

const rate: FleetChoices = { sort: 'rate' };

describe('useFleet', () => {
  afterEach(() => jest.restoreAllMocks());

  it('asks for each page once while somebody scrolls down', async () => {
    const { rerender, asked, untilRows, result } = look();
    await untilRows(FLEET_STEP);
    for (const pages of [2, 3, 4, 5]) {
      rerender({ choices: rate, wanted: pages * FLEET_STEP });
      await untilRows(pages * FLEET_STEP);
    }
    expect(asked).toEqual([0, 1, 2, 3, 4].map(page => page * FLEET_STEP));
    expect(result.current.data?.rows).toEqual(all);
  });

  it.each([
    ['are old', 15_000, rate],
    ['are sorted otherwise', 0, { sort: 'p95' } as FleetChoices],
  ])('asks for all of them anew where they %s', async (_, later, choices) => {
    const { rerender, asked, untilRows } = look();
    await untilRows(FLEET_STEP);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + later);
    asked.length = 0;
    rerender({ choices, wanted: 2 * FLEET_STEP });
    await untilRows(2 * FLEET_STEP);
    expect(asked).toEqual([0, FLEET_STEP]);
  });

  it('asks for all of them anew to keep them fresh', async () => {
    const { rerender, asked, untilRows, result } = look();
    await untilRows(FLEET_STEP);
    rerender({ choices: rate, wanted: 2 * FLEET_STEP });
    await untilRows(2 * FLEET_STEP);
    asked.length = 0;
    await act(async () => result.current.refresh());
    await waitFor(() => expect(asked).toEqual([0, FLEET_STEP]));
    await waitFor(() => expect(result.current.loading).toBe(false));
  });
});
