import type { FactsStore } from '../store/FactsStore';
import { FactsService } from './FactsService';

const HOUR_MS = 3_600_000;
const chat = 'component:default/chat';

it.each([
  ['nothing', {}, true],
  ['only the time of day', { now: '2026-02-20T10:30:00.000Z' }, true],
  ['when it was computed', { observedAt: '2026-02-20T10:01:00.000Z' }, false],
  ['whether the catalog has it', { goneAt: '2026-02-20T10:01:00Z' }, false],
  ['whether it is too old', { now: '2026-02-20T12:00:00.001Z' }, false],
  [
    'the day, which ends exemptions',
    { now: '2026-02-21T10:00:00.000Z' },
    false,
  ],
])(
  'says that facts are as they were where %s changed',
  async (_, change, isSame) => {
    const first = {
      now: '2026-02-20T10:10:00.000Z',
      observedAt: '2026-02-20T10:00:00.000Z',
      goneAt: undefined as string | undefined,
    };
    const revisionOf = async ({ now, ...observed }: typeof first) => {
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
