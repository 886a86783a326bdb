import {
  known,
  unknown,
  type FleetCanary,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { canaryOf, entity } from './__testUtils__/fleetOfNames';
import type { FleetEntity } from './FleetEntities';
import type { FleetLook } from './FleetLook';
import { FleetService } from './FleetService';

const nothing = unknown('no-traffic');
const waiting = (name: string) =>
  canaryOf(name, {
    next: { action: 'wait-for-approval', message: '' } as never,
    waiting: true,
    waitingForMe: true,
  });

/** A mesh at a moment, in which each service has its own rate. */
function momentOf(rates: Record<string, number>, looked: string[] = []) {
  const mesh: FleetLook['mesh'] = {
    stateOf: ([service]) => {
      looked.push(service.name);
      return {
        traffic: {
          requestsPerSecond: known(rates[service.name]),
          requestCount: nothing,
          errorRatio: nothing,
          p95: nothing,
        } as never,
        health: { status: 'unknown', message: '' },
        encryption: nothing,
      };
    },
    origins: async () => [],
  };
  return mesh;
}

function fleetOf(first: {
  entities: readonly FleetEntity[];
  mesh: FleetLook['mesh'];
}) {
  const now = { ...first };
  const fleet = new FleetService({
    entities: { of: async () => now.entities },
    look: async () => ({
      mesh: now.mesh,
      past: async () => ({ hours: { of: () => nothing }, queries: [] }),
      controlPlanes: [],
      sources: [{ name: 'prometheus', cluster: 'shop', status: 'ok' }],
      queries: [],
    }),
    controlPlane: () => ({ root: nothing, rejecting: nothing }),
    levels: [],
    conceals: false,
    hiddenAmong: async () => [],
  });
  const read = (
    sort: 'rate' | 'name' | 'canary',
    canaries: readonly FleetCanary[] = [],
  ) =>
    fleet.fleet(
      { limit: 200, sort, failing: 'false' },
      {
        credentials: mockCredentials.user(),
        canaries: known(canaries),
        now: new Date('2026-01-01T00:00:00Z'),
      },
    );
  const names = async (...args: Parameters<typeof read>) =>
    (await read(...args)).rows.map(({ entityRef }) =>
      entityRef.replace('component:default/', ''),
    );
  return { now, read, names };
}

const entities = ['a', 'b', 'c'].map(name =>
  entity(name, { owners: [`group:default/of-${name}`] }),
);

it('is made once for all pages of one moment', async () => {
  const looked: string[] = [];
  const { names } = fleetOf({
    entities,
    mesh: momentOf({ a: 1, b: 3, c: 2 }, looked),
  });
  const pages = await Promise.all([
    names('rate'),
    names('name'),
    names('rate'),
  ]);
  expect(pages).toEqual([
    ['b', 'c', 'a'],
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
  ]);
  expect(looked).toEqual(['a', 'b', 'c']);
});

it('is another as soon as the mesh is, or what the reader sees', async () => {
  const { now, names, read } = fleetOf({
    entities,
    mesh: momentOf({ a: 1, b: 3, c: 2 }),
  });
  expect(await names('rate')).toEqual(['b', 'c', 'a']);
  now.mesh = momentOf({ a: 4, b: 3, c: 2 });
  expect(await names('rate')).toEqual(['a', 'b', 'c']);
  now.entities = entities.slice(1);
  expect(await names('rate')).toEqual(['b', 'c']);
  expect((await read('rate')).facets.owners).toEqual([
    'group:default/of-b',
    'group:default/of-c',
  ]);
});

it('is sorted by the canaries of each look', async () => {
  const { names } = fleetOf({
    entities,
    mesh: momentOf({ a: 1, b: 3, c: 2 }),
  });
  expect(await names('canary', [waiting('c')])).toEqual(['c', 'b', 'a']);
  expect(await names('canary', [waiting('a')])).toEqual(['a', 'b', 'c']);
  expect(await names('canary')).toEqual(['b', 'c', 'a']);
});
