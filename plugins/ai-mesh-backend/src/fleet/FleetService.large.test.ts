import {
  fleetFilterSchema,
  fleetHurtingSchema,
  fleetRequestSchema,
  fleetSchema,
  known,
  unknown,
  type Fact,
  type Fleet,
  type FleetQuery,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { unknownTraffic } from '../telemetry';
import type { FleetEntity } from './FleetEntities';
import type { FleetLook } from './FleetLook';
import { FleetService } from './FleetService';

const MANY = 5000;
const OWNER = 'group:default/everything';

const fact = (value: number): Fact => ({
  status: 'known',
  value,
  since: '2026-11-27T10:00:00.000Z',
});

/** Each with a budget that is spent and a certificate that ends. */
const entities: FleetEntity[] = Array.from({ length: MANY }, (_, n) => ({
  entityRef: `component:default/service-${String(n).padStart(4, '0')}`,
  owners: [OWNER],
  systems: [],
  services: [{ cluster: 'shop', namespace: 'ai', name: `s${n}` }],
  facts: {
    observedAt: '2026-11-27T11:59:00.000Z',
    budgetLeft: fact(-n / MANY),
    burnRate: fact(2),
    findingsHigh: fact(0),
    findingsMedium: fact(0),
    costPerDay: fact(1),
    models: fact(1),
    certificateDaysLeft: fact(0.001),
    certificateRenewal: { ...fact(0), value: false } as Fact,
  },
  modelNames: ['swift'],
  findingCodes: ['AIM103'],
  level: known({ status: 'known', level: 'silver' }),
}));

function fleetOf(all: readonly FleetEntity[]) {
  const lookedUp: string[] = [];
  const turned: unknown[] = [];
  const trend = known({
    until: '2026-11-27T12:00:00.000Z',
    requestsPerSecond: Array(12).fill(1.23),
    errorRatio: Array(12).fill(0),
  });
  const look: FleetLook = {
    mesh: {
      stateOf: () => ({
        traffic: unknownTraffic('no-traffic'),
        health: { status: 'unknown', message: 'No requests.' },
        encryption: unknown('no-traffic'),
      }),
      origins: async () => [],
    },
    controlPlanes: [],
    sources: [{ name: 'prometheus', cluster: 'shop', status: 'ok' }],
    queries: [],
    past: async () => ({
      hours: {
        of: (services: readonly ServiceRef[]) => {
          lookedUp.push(...services.map(({ name }) => name));
          return trend;
        },
      },
      queries: [],
    }),
  };
  const fleet = new FleetService({
    entities: {
      of: async (_, page) => {
        turned.push(page?.turning);
        return all;
      },
    },
    look: async () => look,
    controlPlane: () => ({
      root: unknown('not-exported'),
      rejecting: unknown('not-exported'),
    }),
    levels: [{ id: 'silver', title: 'Silver' }],
    conceals: false,
    hiddenAmong: async () => [],
  });
  const reader = {
    credentials: mockCredentials.user(),
    canaries: known([]),
    now: new Date('2026-11-27T12:00:00.000Z'),
  };
  const read = async (query: FleetQuery = {}): Promise<Fleet> =>
    fleetSchema.parse(
      await fleet.fleet(fleetRequestSchema.parse(query), reader),
    );
  const hurting = async () =>
    fleetHurtingSchema.parse(
      await fleet.hurting(fleetFilterSchema.parse({ owner: OWNER }), reader),
    );
  return { read, hurting, lookedUp, turned };
}

describe('five thousand entities of one owner', () => {
  it('are a page at a time, with the last hour of no others', async () => {
    const { read, lookedUp } = fleetOf(entities);
    const first = await read({ owner: OWNER, sort: 'name' });
    expect([first.total, first.all, first.rows.length]).toEqual([
      MANY,
      MANY,
      50,
    ]);
    expect(first.facets).toMatchObject({ owners: [OWNER], models: ['swift'] });
    expect(lookedUp).toHaveLength(50);
    // The hour of a row is a few hundred characters, whatever the mesh.
    expect(JSON.stringify(first.rows[0].trend).length).toBeLessThan(300);
  });

  it('are all turned over, each once, and as they were at the first page', async () => {
    const { read, turned } = fleetOf(entities);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await read({ sort: 'name', limit: 200, cursor });
      seen.push(...page.rows.map(({ entityRef }) => entityRef));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(entities.map(({ entityRef }) => entityRef));
    expect(turned).toEqual([false, ...Array(24).fill(true)]);
  });

  it('name the worst of what ends, and count all of it', async () => {
    const { hurting } = fleetOf(entities);
    const { budgets, certificates, entities: count } = await hurting();
    expect(count).toBe(MANY);
    for (const { ending, total, notKnown } of [budgets, certificates]) {
      expect([ending.length, total, notKnown]).toEqual([20, MANY, 0]);
    }
    expect(budgets.ending[0].entityRef).toBe('component:default/service-4999');
  });
});
