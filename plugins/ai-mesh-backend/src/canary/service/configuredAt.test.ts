import type {
  CanaryTransition,
  CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';
import { targetOf } from '../../target/__testUtils__/targetOf';
import { aCanary, weights } from '../machine/__testUtils__/aCanary';
import type { CanaryFilter } from '../store';
import type { CanaryServiceTools } from './CanaryServiceTools';
import { configuredAt } from './configuredAt';
import { EntityCanaries } from './EntityCanaries';

const at = (minute: number) =>
  `2025-06-01T12:${String(minute).padStart(2, '0')}:00.000Z`;

const row = (
  seq: number,
  minute: number,
  after?: CanaryWeights,
): CanaryTransition => ({
  seq,
  at: at(minute),
  by: 'engine',
  from: 'progressing',
  to: 'progressing',
  what: 'step',
  reason: '',
  weightsAfter: after,
});

/** Asked for at 12:00, started at 12:05, at 5 % from 12:10, looked at at 12:15, at 50 % from 12:20. */
const history = [
  row(1, 0),
  row(2, 5, weights(0)),
  row(3, 10, weights(5)),
  row(4, 15, weights(5)),
  row(5, 20, weights(50)),
];

describe('how a route was set while a canary held it', () => {
  it.each([
    ['before it began', 4, undefined],
    ['once it had begun', 5, [0, 5]],
    ['in the course of a step, since its write', 17, [5, 10]],
    ['at the very moment of a write', 20, [50, 20]],
    ['later', 59, [50, 20]],
  ])('is told by its record: %s', (_, minute, expected) => {
    const told = configuredAt(aCanary(), history, new Date(at(minute)));
    expect(
      told && [
        told.weights.destinations.find(({ role }) => role === 'canary')
          ?.percent,
        new Date(told.since).getUTCMinutes(),
      ],
    ).toEqual(expected);
  });

  const ended = aCanary({}, { id: 'ended', endedAt: at(30) });
  const running = aCanary({}, { id: 'running', requestedAt: at(40) });

  it.each([
    ['of one that had ended by then', 35, []],
    ['of one that had not been asked for', 39, []],
    ['of one that has ended since', 25, ['ended']],
    ['of one that still runs', 45, ['running']],
  ])(
    'is not told by those that did not look after it: %s',
    async (_, minute, expected) => {
      const filters: CanaryFilter[] = [];
      const store = {
        subjects: async () => [
          { entityRef: targetOf().entityRef, service: ended.service },
        ],
        list: async (filter: CanaryFilter) => {
          filters.push(filter);
          return [{ record: filter.active ? running : ended }];
        },
        transitions: async () => history,
      };
      const told = await new EntityCanaries({
        store,
        ownershipsOf: async () => [{ owners: [] }],
      } as unknown as CanaryServiceTools).configuredAt(
        targetOf(),
        new Date(at(minute)),
      );
      expect(told.map(({ canary }) => canary.id)).toEqual(expected);
      // Those that were asked for later have nothing to tell of then, however many they are.
      expect(filters[1].after).toMatchObject({ requestedAt: at(minute) });
    },
  );
});
