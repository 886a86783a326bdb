import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../../target/inTurns';
import type { EntityModel } from '../core/entityModels';
import type { StoredModels } from '../store/StoredFacts';
import { modelsInUse } from './modelsInUse';

jest.mock('../../target/inTurns', () => ({
  inTurns: jest.fn(async () => undefined),
}));

const at = '2026-11-27T10:00:00.000Z';
const later = '2026-11-27T10:05:00.000Z';

const p95 = (valueMs: number) =>
  known({ valueMs, lowerBoundMs: 0, upperBoundMs: 1000 });

function used(
  service: string,
  changes: Partial<EntityModel> = {},
): EntityModel {
  return {
    model: 'swift',
    provider: 'acme',
    cluster: 'shop',
    services: [{ cluster: 'shop', namespace: 'ai', name: service }],
    versions: ['v1'],
    requestsPerSecond: known(3),
    errorRatio: known(0.1),
    p95: p95(100),
    tokensPerSecond: known(30),
    cost: known({ currency: 'USD', perHour: 1, perDay: 24 }),
    trend: [
      { at, requestsPerSecond: 2 },
      { at: later, requestsPerSecond: 3 },
    ],
    ...changes,
  };
}

function entity(
  name: string,
  models: EntityModel[] | StoredModels['models'],
  observedAt = at,
): StoredModels {
  return {
    entityRef: `component:default/${name}`,
    observedAt,
    models: Array.isArray(models) ? { status: 'known', models } : models,
  };
}

const of = (...stored: StoredModels[]) => modelsInUse(stored, new Map());

describe('models across services', () => {
  it('add up, with the share of each, and the slowest for the percentile', async () => {
    const { models } = await modelsInUse(
      [
        entity('chat', [used('chat')]),
        entity('search', [
          used('search', {
            requestsPerSecond: known(1),
            errorRatio: known(0.5),
            p95: p95(900),
            trend: [{ at: later, requestsPerSecond: 1 }],
          }),
          used('search', { model: 'rare', requestsPerSecond: known(0.1) }),
        ]),
      ],
      new Map([['swift', 'resource:default/swift']]),
    );
    expect(models.map(({ model }) => model)).toEqual(['swift', 'rare']);
    expect(models[0]).toMatchObject({
      entityRef: 'resource:default/swift',
      providers: ['acme'],
      requestsPerSecond: known(4),
      errorRatio: known(0.2),
      p95: p95(900),
      tokensPerSecond: known(60),
      cost: known({ currency: 'USD', perHour: 2, perDay: 48 }),
      uses: [
        { entityRefs: ['component:default/chat'], share: known(0.75) },
        { entityRefs: ['component:default/search'], share: known(0.25) },
      ],
      // Of one of the services there is nothing to be had for the first moment.
      trend: [
        { at, requestsPerSecond: null },
        { at: later, requestsPerSecond: 4 },
      ],
    });
    expect(models[1]).not.toHaveProperty('entityRef');
  });

  it('count a service once that two entities own, as it was seen last', async () => {
    const { models } = await of(
      entity('chat', [used('chat')], later),
      entity('team', [used('chat', { requestsPerSecond: known(2) })], at),
    );
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({
      requestsPerSecond: known(3),
      uses: [
        {
          entityRefs: ['component:default/chat', 'component:default/team'],
          observedAt: later,
        },
      ],
    });
  });

  it('count a service once that one entity owns alone, and another with others', async () => {
    const both = used('chat', {
      services: ['search', 'chat'].map(name => ({
        cluster: 'shop',
        namespace: 'ai',
        name,
      })),
      requestsPerSecond: known(5),
      tokensPerSecond: known(70),
      p95: p95(400),
    });
    const { models } = await of(
      entity('chat', [used('chat')], later),
      entity('all', [both], at),
      entity('till', [used('till', { requestsPerSecond: known(1) })]),
      // Of another cluster.
      entity('bank', [
        used('chat', {
          cluster: 'bank',
          services: [{ cluster: 'bank', namespace: 'ai', name: 'chat' }],
          requestsPerSecond: known(4),
        }),
      ]),
    );
    expect(models[0]).toMatchObject({
      requestsPerSecond: known(10),
      tokensPerSecond: known(130),
      p95: p95(400),
      uses: [
        { entityRefs: ['component:default/all'], share: known(0.5) },
        { entityRefs: ['component:default/bank'], share: known(0.4) },
        { entityRefs: ['component:default/chat'], share: known(0.3) },
        { entityRefs: ['component:default/till'], share: known(0.1) },
      ],
    });
  });

  it('are not zero where a part is not known, and say why', async () => {
    const { models } = await of(
      entity('chat', [used('chat')]),
      entity('search', [
        used('search', {
          cost: unknown('not-configured', 'No price for swift.'),
          tokensPerSecond: unknown('not-exported', 'No tokens.'),
        }),
      ]),
    );
    expect(models[0]).toMatchObject({
      requestsPerSecond: known(6),
      cost: unknown('not-configured', 'No price for swift.'),
      tokensPerSecond: unknown('not-exported', 'No tokens.'),
    });
  });

  it('leave services out that nothing happened to, unless it is all of them', async () => {
    const idle = used('idle', {
      requestsPerSecond: known(0),
      errorRatio: unknown('no-traffic'),
      p95: unknown('no-traffic'),
    });
    const busy = used('chat', { errorRatio: known(0.5) });
    expect(
      (await of(entity('chat', [busy]), entity('idle', [idle]))).models[0],
    ).toMatchObject({ errorRatio: known(0.5), p95: p95(100) });
    expect((await of(entity('idle', [idle]))).models[0]).toMatchObject({
      requestsPerSecond: known(0),
      errorRatio: unknown('no-traffic'),
      p95: unknown('no-traffic'),
      uses: [{ share: unknown('no-traffic') }],
    });
  });

  it('do not add up currencies', async () => {
    const euros = used('search', {
      cost: known({ currency: 'EUR', perHour: 1, perDay: 24 }),
    });
    expect(
      (await of(entity('chat', [used('chat')]), entity('search', [euros])))
        .models[0].cost,
    ).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('(USD, EUR)'),
    });
  });

  it('say of which entities it is not known, and not of those that have none', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      entity(`e${index}`, {
        status: 'unknown',
        reason: 'source-unreachable',
        message: 'away',
      }),
    );
    const { notKnown, notKnownCount, models } = await of(
      ...many,
      entity('none', { status: 'unknown', reason: 'not-exported' }),
    );
    expect(models).toEqual([]);
    expect(notKnown).toHaveLength(50);
    expect(notKnown[0]).toEqual({
      entityRef: 'component:default/e0',
      reason: 'source-unreachable',
      message: 'away',
    });
    expect(notKnownCount).toBe(60);
  });

  it('give way to others at each entity, and at each use of a model', async () => {
    const stored = Array.from({ length: 300 }, (_, n) =>
      entity(`e${n}`, [used(`s${n}`)]),
    );
    jest.mocked(inTurns).mockClear();
    await of(...stored);
    expect(jest.mocked(inTurns)).toHaveBeenCalledTimes(2 * 300);
  });
});
