import { targetOf } from '../../target/__testUtils__/targetOf';
import { aCanary } from '../machine/__testUtils__/aCanary';
import type { CanaryFilter } from '../store/CanaryStore';
import type { CanaryServiceTools } from './CanaryServiceTools';
import { EntityCanaries } from './EntityCanaries';

it('finds all that ended since a moment, however many there are', async () => {
  const all = Array.from({ length: 450 }, (_, number) =>
    aCanary(
      {},
      {
        id: String(number).padStart(3, '0'),
        state: 'promoted',
        requestedAt: '2026-11-01T00:00:00.000Z',
      },
    ),
  );
  const asked: CanaryFilter[] = [];
  const canaries = new EntityCanaries({
    store: {
      subjects: async () => [],
      list: async (filter: CanaryFilter) => {
        asked.push(filter);
        const { after, limit } = filter;
        const from = after ? Number(after.id) + 1 : 0;
        return all.slice(from, from + limit).map(record => ({ record }));
      },
    },
  } as unknown as CanaryServiceTools);
  const since = new Date('2026-10-01T00:00:00.000Z');
  expect(await canaries.since(targetOf(), since)).toEqual(all);
  expect(asked.map(filter => filter.since)).toEqual(
    Array(3).fill('2026-10-01T00:00:00.000Z'),
  );
  expect(asked.at(-1)?.after).toEqual({
    active: false,
    requestedAt: '2026-11-01T00:00:00.000Z',
    id: '399',
  });
});
