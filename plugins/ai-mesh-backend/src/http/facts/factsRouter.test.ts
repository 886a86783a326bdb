import type { EntityFacts } from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import type { FactsService } from '../../facts';
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
