import {
  known,
  modelsInUseSchema,
  type EntityFacts,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { component } from '../../__testUtils__/startPortal';
import type { FactsService } from '../../facts';
import type { StoredModels } from '../../facts/store/StoredFacts';
import { ReadableEntities } from '../ReadableEntities';
import { factsRouter } from './factsRouter';

/** All entities that have facts, of which the reader may see every one whose number is divisible by `step`. */
function api(count: number, step: number) {
  const refs = Array.from(
    { length: count },
    (_, i) => `component:default/s${String(i).padStart(5, '0')}`,
  );
  const looked: number[] = [];
  const app = express();
  app.use(
    factsRouter({
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.user(),
      }),
      entities: {
        get: jest.fn(),
        among: async asked => {
          looked.push(asked.length);
          return asked.filter(ref => Number(ref.split('/s')[1]) % step === 0);
        },
      },
      now: () => new Date(0),
      resourcesOf: async () => new Map(),
      facts: () =>
        ({
          refs: async ({
            after = '',
            limit,
          }: {
            after?: string;
            limit: number;
          }) => refs.filter(ref => ref > after).slice(0, limit),
          ofEach: async (asked: string[]): Promise<EntityFacts[]> =>
            asked.map(entityRef => ({ entityRef, version: 1, facts: {} })),
        }) as unknown as FactsService,
    }),
  );
  const page = async (query: string) => {
    const { body } = await request(app).get(`/v1/facts?${query}`);
    return {
      refs: body.items.map(({ entityRef }: EntityFacts) => entityRef),
      next: body.next as string | undefined,
    };
  };
  return { app, page, looked };
}

async function readAll({ page }: ReturnType<typeof api>, limit: number) {
  const found: string[] = [];
  let next: string | undefined;
  let pages = 0;
  do {
    const answer = await page(`limit=${limit}${next ? `&cursor=${next}` : ''}`);
    found.push(...answer.refs);
    next = answer.next;
    pages++;
  } while (next && pages < 200);
  return found;
}

it.each([
  [0, 1, 50],
  [7, 1, 3],
  [200, 1, 200],
  [201, 1, 200],
  [1000, 7, 10],
  [1000, 1001, 50],
])(
  'lists of %d entities, of which every %dth may be seen, each once by %d a page',
  async (count, step, limit) => {
    const found = await readAll(api(count, step), limit);
    expect(found).toHaveLength(Math.ceil(count / step));
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual([...found].sort());
  },
);

it('looks at a bounded number of entities for one page, however few may be seen', async () => {
  const all = api(10_000, 9_999);
  const first = await all.page('limit=50');
  expect(all.looked.reduce((sum, one) => sum + one, 0)).toBe(4000);
  expect(first.refs).toEqual(['component:default/s00000']);
  expect(await readAll(all, 50)).toEqual([
    'component:default/s00000',
    'component:default/s09999',
  ]);
});

it('answers about what may not be seen as about what there is not', async () => {
  const { app } = api(10, 2);
  const { body } = await request(app)
    .post('/v1/facts')
    .send({
      entityRefs: [
        'component:s00002',
        'component:s00003',
        'component:default/s00002',
      ],
    });
  expect(body.items.map((one: EntityFacts | null) => one?.entityRef)).toEqual([
    'component:default/s00002',
    undefined,
    'component:default/s00002',
  ]);
});

/** An entity whose own Service calls one model so often, at so much a day; undefined: it is not known which it calls. */
function storedModels(name: string, perSecond?: number): StoredModels {
  const entityRef = `component:default/${name}`;
  const observedAt = '2026-11-27T10:00:00.000Z';
  return perSecond === undefined
    ? {
        entityRef,
        observedAt,
        models: { status: 'unknown', reason: 'source-unreachable' },
      }
    : {
        entityRef,
        observedAt,
        models: {
          status: 'known',
          models: [
            {
              model: 'swift',
              cluster: 'shop',
              services: [{ cluster: 'shop', namespace: 'ai', name }],
              versions: [`${name}-v1`],
              requestsPerSecond: known(perSecond),
              errorRatio: known(0),
              p95: known({
                valueMs: 100 * perSecond,
                lowerBoundMs: 0,
                upperBoundMs: 1000,
              }),
              tokensPerSecond: known(10 * perSecond),
              cost: known({
                currency: 'USD',
                perHour: perSecond,
                perDay: 24 * perSecond,
              }),
              trend: [{ at: observedAt, requestsPerSecond: perSecond }],
            },
          ],
        },
      };
}

const chats = Array.from({ length: 60 }, (_, n) => `chat-${n}`);

describe('the models', () => {
  /** The reader sees all of these but `secret`, which the catalog hides, and `denied`, which the policy does. */
  async function read(stored: StoredModels[], query = '') {
    const app = express();
    app.use(
      factsRouter({
        httpAuth: mockServices.httpAuth({
          defaultCredentials: mockCredentials.user(),
        }),
        entities: new ReadableEntities({
          catalog: catalogServiceMock({
            entities: ['chat', 'search', 'denied', 'unsure', ...chats].map(
              name => component(name, {}),
            ),
          }),
          permissions: {
            authorize: async asked =>
              asked.map(({ resourceRef }) => ({
                result:
                  resourceRef === 'component:default/denied'
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
              })),
          },
        }),
        now: () => new Date(0),
        resourcesOf: async () => new Map(),
        facts: () =>
          ({ models: async () => stored }) as unknown as FactsService,
      }),
    );
    const { body } = await request(app).get(`/v1/models${query}`).expect(200);
    return modelsInUseSchema.parse(body);
  }

  it('come page by page, the busiest first, and so do not all services of one', async () => {
    const stored = chats.map((name, n) => storedModels(name, n + 1));
    const many = stored.map((one, n) =>
      one.models.status === 'known'
        ? {
            ...one,
            models: {
              ...one.models,
              models: one.models.models.map(used => ({
                ...used,
                model: `model-${n}`,
              })),
            },
          }
        : one,
    );
    const page = await read(many);
    expect(page).toMatchObject({ modelCount: 60, next: expect.anything() });
    expect(page.models).toHaveLength(50);
    expect(page.models[0].model).toBe('model-59');
    const rest = await read(many, `?cursor=${page.next}`);
    expect(rest.models.map(({ model }) => model)).toEqual(
      Array.from({ length: 10 }, (_, n) => `model-${9 - n}`),
    );
    expect(rest.next).toBeUndefined();
    const {
      models: [one],
    } = await read(stored);
    expect(one.uses).toHaveLength(50);
    expect(one.moreUses).toBe(10);
    expect(one.requestsPerSecond).toEqual(known(1830));
  });

  it.each(['denied', 'secret'])(
    'leave %s, which the reader may not see, out of uses and totals',
    async hidden => {
      const seen = [storedModels('chat', 1), storedModels('search', 3)];
      const answer = await read([...seen, storedModels(hidden, 5)]);
      expect(answer).toEqual(await read(seen));
      expect(answer.models).toMatchObject([
        {
          model: 'swift',
          requestsPerSecond: known(4),
          tokensPerSecond: known(40),
          p95: { value: { valueMs: 300 } },
          cost: { value: { perDay: 96 } },
        },
      ]);
      expect(JSON.stringify(answer)).not.toContain(hidden);
    },
  );

  it.each(['denied', 'secret'])(
    'say neither that %s calls a model that nobody else calls, nor that it is not known',
    async hidden => {
      for (const one of [storedModels(hidden, 5), storedModels(hidden)]) {
        expect(await read([one, storedModels('unsure')])).toMatchObject({
          models: [],
          notKnown: [{ entityRef: 'component:default/unsure' }],
          notKnownCount: 1,
        });
      }
    },
  );
});
