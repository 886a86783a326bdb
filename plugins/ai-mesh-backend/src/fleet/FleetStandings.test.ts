import type { EntityFacts } from '@ai-mesh/plugin-ai-mesh-common';
import { ServiceUnavailableError } from '@backstage/errors';
import { FleetStandings } from './FleetStandings';

const SINCE = '2026-02-20T10:00:00.000Z';

const entity = (name: string, etag = '1') => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, etag },
});

const factsOf = (
  entityRef: string,
  facts: EntityFacts['facts'] = {},
): EntityFacts => ({ entityRef, version: 1, observedAt: SINCE, facts });

const none = async () => [];

const noRevisions = async () => new Map();

const gold = () => ({ level: { status: 'known' as const, level: 'gold' } });

describe('FleetStandings', () => {
  it('shows what is stored, and what is not computed as that', async () => {
    const standings = new FleetStandings(() => ({
      revisions: noRevisions,
      ofEach: async refs =>
        refs.map(ref =>
          factsOf(ref, {
            reviewFindingsHigh: { status: 'known', value: 2, since: SINCE },
            costPerDayEstimate: {
              status: 'unknown',
              reason: 'not-configured',
              message: 'No price.',
            },
          }),
        ),
      models: async refs =>
        refs.map(entityRef => ({
          entityRef,
          models: {
            status: 'known',
            models: [{ model: 'swift' }, { model: 'deep' }, { model: 'swift' }],
          },
          findingCodes: ['AIM103'],
        })),
      standing: gold,
    }));
    const found = await standings.of([entity('chat')]);
    expect(found.get('component:default/chat')).toMatchObject({
      facts: {
        observedAt: SINCE,
        findingsHigh: { status: 'known', value: 2 },
        costPerDay: { status: 'unknown', message: 'No price.' },
        models: { status: 'unknown', reason: 'not-computed' },
        certificateRenewal: { status: 'unknown', reason: 'not-computed' },
      },
      modelNames: ['deep', 'swift'],
      findingCodes: ['AIM103'],
      level: { status: 'known', value: { level: 'gold' } },
    });
  });

  it('names no models where it is not known which they are', async () => {
    const standings = new FleetStandings(() => ({
      revisions: noRevisions,
      ofEach: async refs => refs.map(ref => factsOf(ref)),
      models: async () => [
        {
          entityRef: 'component:default/chat',
          models: { status: 'unknown' },
        },
      ],
      standing: gold,
    }));
    const found = await standings.of([entity('chat'), entity('new')]);
    expect([...found.values()].map(one => one.modelNames)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('reads five thousand entities in slices, once for all readers', async () => {
    const ofEach = jest.fn(async (refs: readonly string[]) =>
      refs.map(ref => factsOf(ref)),
    );
    const standings = new FleetStandings(() => ({
      revisions: noRevisions,
      ofEach,
      models: none,
      standing: gold,
    }));
    const entities = Array.from({ length: 5000 }, (_, index) =>
      entity(`e${index}`),
    );
    expect((await standings.of(entities)).size).toBe(5000);
    expect(ofEach.mock.calls.length).toBe(25);
    expect(
      Math.max(...ofEach.mock.calls.map(([refs]) => refs.length)),
    ).toBeLessThanOrEqual(200);
  });

  it('reads again what has changed, and nothing else', async () => {
    let now = 0;
    const revisions = new Map([
      ['component:default/chat', 'r1'],
      ['component:default/cart', 'r1'],
    ]);
    const asked: string[][] = [];
    const readRevisions = jest.fn(async () => new Map(revisions));
    const standings = new FleetStandings(
      () => ({
        revisions: readRevisions,
        ofEach: async refs => {
          asked.push([...refs]);
          return refs.map(ref => factsOf(ref));
        },
        models: none,
        standing: gold,
      }),
      () => now,
    );
    const [chat, cart, fresh] = ['chat', 'cart', 'new'].map(name =>
      entity(name),
    );
    const all = [chat, cart, fresh];
    const look = async (some = all) => {
      expect((await standings.of(some)).size).toBe(some.length);
      return asked.splice(0).flat();
    };
    expect(await look()).toHaveLength(3);
    expect(await look()).toEqual([]);
    revisions.set('component:default/chat', 'r2');
    revisions.set('component:default/new', 'r1');
    now += 15_000;
    expect(await look()).toEqual([]);
    now += 1;
    expect(await look()).toEqual([
      'component:default/chat',
      'component:default/new',
    ]);
    expect(await look()).toEqual([]);
    expect(await look([chat, entity('cart', '2')])).toEqual([
      'component:default/cart',
    ]);
    expect(readRevisions).toHaveBeenCalledTimes(2);
  });

  it('keeps nothing of an entity of which nobody says when it changes', async () => {
    const ofEach = jest.fn(async (refs: readonly string[]) =>
      refs.map(ref => factsOf(ref)),
    );
    const standings = new FleetStandings(() => ({
      revisions: noRevisions,
      ofEach,
      models: none,
      standing: gold,
    }));
    const unmarked = { ...entity('chat'), metadata: { name: 'chat' } };
    await standings.of([unmarked]);
    await standings.of([unmarked]);
    expect(ofEach).toHaveBeenCalledTimes(2);
  });

  it('says of each entity that the database is away, and asks again', async () => {
    let isAway = true;
    const standings = new FleetStandings(() => {
      if (isAway) {
        throw new ServiceUnavailableError('The database is away.');
      }
      return {
        revisions: noRevisions,
        ofEach: async refs => refs.map(ref => factsOf(ref)),
        models: none,
        standing: gold,
      };
    });
    const unknown = {
      status: 'unknown',
      reason: 'source-unreachable',
      message: 'The database is away.',
    };
    const away = await standings.of([entity('chat')]);
    expect(away.get('component:default/chat')).toMatchObject({
      facts: { budgetLeft: unknown, models: unknown },
      level: unknown,
    });
    isAway = false;
    const back = await standings.of([entity('chat')]);
    expect(back.get('component:default/chat')?.level.status).toBe('known');
  });

  it('hides no other failure', async () => {
    const standings = new FleetStandings(() => {
      throw new Error('disk full');
    });
    await expect(standings.of([entity('chat')])).rejects.toThrow('disk full');
  });
});
