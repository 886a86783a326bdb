import { known, type ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isForgotten } from '../__testUtils__/isForgotten';
import type { ClaimedTarget } from '../target/ownership';
import { entity as standing } from './__testUtils__/fleetOfNames';
import { FleetEntities } from './FleetEntities';

const MANY = 5000;
const { facts } = standing('any');

const entities: Entity[] = Array.from({ length: MANY }, (_, n) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    namespace: 'default',
    name: `s${n}`,
    annotations: { 'ai-mesh.io/service': `ai/s${n}` },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'user:ada' },
}));

const claimed = entities.map((one): ClaimedTarget => {
  const entityRef = stringifyEntityRef(one);
  const ref: ServiceRef = {
    cluster: 'shop',
    namespace: 'ai',
    name: one.metadata.name,
  };
  return {
    claimant: { entityRef, owners: [] },
    services: [
      {
        ref,
        ownership: {
          ref,
          owners: [],
          byOwners: [],
          claims: [entityRef],
          unseen: false,
        },
        presumed: false,
      },
    ],
  };
});

/** @param takesMs - how long the catalog takes to answer */
function fleetEntities({ takesMs = 0 } = {}) {
  const asked = { catalog: 0, policy: 0, standings: 0 };
  let refuses = false;
  const tested = new FleetEntities({
    catalog: {
      async *streamEntities() {
        asked.catalog++;
        if (takesMs > 0) {
          await new Promise(resolve => setTimeout(resolve, takesMs));
        }
        if (refuses) {
          throw new Error('The catalog is away.');
        }
        yield entities;
      },
    },
    readers: {
      allowed: async refs => {
        asked.policy++;
        return new Set(refs);
      },
      look: async () => ({ seen: new Set(), readable: new Set() }),
    },
    standings: {
      of: async all => {
        asked.standings++;
        return new Map(
          all.map(one => [
            stringifyEntityRef(one),
            { facts, level: known({ status: 'known', level: 'silver' }) },
          ]),
        );
      },
    },
    targets: { list: async () => claimed },
    settings: {
      claims: 'any',
      namespaces: [],
      trustedLocations: [],
      mostServices: 20,
    },
  });
  const reader = mockCredentials.user();
  const read = (
    page?: { turning: boolean },
    credentials: BackstageCredentials = reader,
  ) => tested.of(credentials, page);
  return { asked, read, refuse: (now: boolean) => (refuses = now) };
}

describe('FleetEntities', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads five thousand once for all who look meanwhile, though that takes longer than they are kept', async () => {
    const { asked, read } = fleetEntities({ takesMs: 20_000 });
    const first = read();
    await jest.advanceTimersByTimeAsync(16_000);
    const meanwhile = read();
    await jest.advanceTimersByTimeAsync(4000);
    expect(await first).toHaveLength(MANY);
    await jest.advanceTimersByTimeAsync(7000);
    expect(await read()).toBe(await first);
    expect(await meanwhile).toBe(await first);
    expect(asked).toEqual({ catalog: 1, policy: 1, standings: 1 });
  });

  it('turns all pages over what the first was made of', async () => {
    const { asked, read } = fleetEntities();
    const first = await read();
    for (let page = 1; page < 25; page++) {
      await jest.advanceTimersByTimeAsync(2000);
      expect(await read({ turning: true })).toBe(first);
    }
    expect(asked).toEqual({ catalog: 1, policy: 1, standings: 1 });
  });

  it('reads anew for a first page after some seconds, and for a further one after a minute', async () => {
    const { asked, read } = fleetEntities();
    await read();
    await jest.advanceTimersByTimeAsync(7000);
    await read();
    expect(asked.catalog).toBe(1);
    await jest.advanceTimersByTimeAsync(52_000);
    await read({ turning: true });
    expect(asked.catalog).toBe(1);
    await jest.advanceTimersByTimeAsync(2000);
    await read({ turning: true });
    expect(asked.catalog).toBe(2);
    await jest.advanceTimersByTimeAsync(16_000);
    await read();
    expect(asked.catalog).toBe(3);
  });

  it('reads anew behind the back of who looks on, with what that reader may see', async () => {
    const { asked, read } = fleetEntities();
    const first = await read();
    await jest.advanceTimersByTimeAsync(8000);
    expect(await read()).toBe(first);
    expect(asked.catalog).toBe(2);
    await jest.advanceTimersByTimeAsync(0);
    const second = await read();
    expect(second).not.toBe(first);
    await jest.advanceTimersByTimeAsync(7000);
    expect(await read()).toBe(second);
    expect(asked.catalog).toBe(2);
  });

  it('reads for each reader', async () => {
    const { asked, read } = fleetEntities();
    await read();
    await read({ turning: true }, mockCredentials.user('user:default/eve'));
    expect([asked.catalog, asked.policy]).toEqual([2, 2]);
  });

  it('keeps nothing of a reader who has not looked for a minute', async () => {
    const { read } = fleetEntities();
    const held = new WeakRef(await read());
    await jest.advanceTimersByTimeAsync(59_000);
    await read({ turning: true });
    await jest.advanceTimersByTimeAsync(59_000);
    expect(held.deref()).toHaveLength(MANY);
    await jest.advanceTimersByTimeAsync(2000);
    jest.useRealTimers();
    expect(await isForgotten(held)).toBe(true);
    // What kept it is still there.
    expect(await read()).toHaveLength(MANY);
  });

  it('keeps no failure', async () => {
    const { read, refuse } = fleetEntities();
    refuse(true);
    await expect(read()).rejects.toThrow('The catalog is away.');
    refuse(false);
    expect(await read({ turning: true })).toHaveLength(MANY);
  });
});
