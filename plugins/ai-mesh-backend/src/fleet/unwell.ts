import type { FleetHurting } from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';
import { sortFleet } from './sortFleet';

/** As many are named; the table has all of them. */
const MOST_NAMED = 20;

/** Entities that are failing, slow or degraded, the worst first, of equals the busiest. */
export function unwell(rows: readonly FleetRowNow[]): FleetHurting['unwell'] {
  const those = rows.filter(
    ({ health: { status } }) => status !== 'healthy' && status !== 'unknown',
  );
  const notKnown = rows.filter(({ health }) => health.status === 'unknown');
  return {
    worst: sortFleet(those, 'health')
      .slice(0, MOST_NAMED)
      .map(({ entityRef, title, health }) => ({
        entityRef,
        ...(title !== undefined && { title }),
        health,
      })),
    total: those.length,
    notKnown: notKnown.length,
    slownessNotKnown: rows.filter(({ health }) => health.slownessNotKnown)
      .length,
  };
}
