import type { FactsStore } from '../store/FactsStore';
import { FactsService } from './FactsService';

const HOUR_MS = 3_600_000;
const chat = 'component:default/chat';

interface Moment {
  now: string;
  observedAt: string;
  goneAt?: string;
}

const morning: Moment = {
  now: '2026-02-20T10:10:00.000Z',
  observedAt: '2026-02-20T10:00:00.000Z',
};
const evening: Moment = {
  now: '2026-02-20T23:50:00.000Z',
  observedAt: '2026-02-20T23:40:00.000Z',
};

it.each<[string, Moment, Partial<Moment>, boolean]>([
  ['nothing', morning, {}, true],
  ['only the time', morning, { now: '2026-02-20T10:30:00.000Z' }, true],
  [
    'when it was computed',
    morning,
    { observedAt: '2026-02-20T10:01:00.000Z' },
    false,
  ],
  [
    'whether the catalog has it',
    morning,
    { goneAt: '2026-02-20T10:01:00.000Z' },
    false,
  ],
  [
    'whether it is too old',
    morning,
    { now: '2026-02-20T12:00:00.001Z' },
    false,
  ],
  [
    'the day, with which exemptions end',
    evening,
    { now: '2026-02-21T00:00:00.000Z' },
    false,
  ],
])(
  'says that facts are as they were where %s changed',
  async (_, first, change, isSame) => {
    const revisionOf = async ({ now, ...observed }: Moment) => {
      const store = {
        observed: async () => [{ entityRef: chat, ...observed }],
      } as unknown as FactsStore;
      const service = new FactsService({
        store,
        timings: { outdatedAfterMs: 2 * HOUR_MS } as never,
        rules: {} as never,
        now: () => new Date(now),
      });
      return (await service.revisions()).get(chat);
    };
    const before = await revisionOf(first);
    const after = await revisionOf({ ...first, ...change });
    expect(before).toBeDefined();
    expect(before === after).toBe(isSame);
  },
);
