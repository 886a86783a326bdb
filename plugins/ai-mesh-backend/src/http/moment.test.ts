import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type {
  InstantResult,
  PrometheusClient,
  QueryOptions,
  RangeResult,
} from '../prometheus/PrometheusClient';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { SourceError } from '../target/SourceError';
import { targetAt } from '../target/targetAt';
import { silencesAt } from '../telemetry';
import { momentOf, withSilences } from './moment';

const now = new Date('2026-11-27T12:00:00Z');
const at = new Date('2026-11-27T10:00:00Z');
const seconds = (date: Date) => date.getTime() / 1000;

/** @param values - of how many series something is measured, and when */
function prometheusWith(
  values: [number, number][],
  failure?: Error,
): jest.Mocked<PrometheusClient> {
  const answer = { promql: '', warnings: [], observedAt: now };
  return {
    query: jest
      .fn<Promise<InstantResult>, [string, QueryOptions?]>()
      .mockImplementation(async (_, options) => {
        if (failure) {
          throw failure;
        }
        return {
          ...answer,
          samples: values
            .filter(([time]) => options?.at && time === seconds(options.at))
            .map(([timestamp, value]) => ({ labels: {}, value, timestamp })),
        };
      }),
    queryRange: jest
      .fn<Promise<RangeResult>, Parameters<PrometheusClient['queryRange']>>()
      .mockImplementation(async () => {
        return {
          ...answer,
          series: values.length > 0 ? [{ labels: {}, values }] : [],
        };
      }),
  };
}

const target = (prometheus?: PrometheusClient) =>
  targetOf(
    clusterTargetOf(
      snapshotOf({}, { cluster: 'east' }),
      [{ namespace: 'ai', name: 'chat' }],
      prometheus,
    ),
  );

describe('momentOf', () => {
  it('is now where nothing else is asked', () => {
    expect(momentOf({}, now)).toBeUndefined();
  });

  it('tells the two of an hour that comes twice apart by their zones', () => {
    const first = momentOf({ at: '2026-10-25T02:30:00+02:00' }, now);
    const second = momentOf({ at: '2026-10-25T02:30:00+01:00' }, now);
    expect(second!.getTime() - first!.getTime()).toBe(3_600_000);
  });

  it('lets a clock be a little ahead, and refuses what has not been yet', () => {
    expect(momentOf({ at: '2026-11-27T12:00:30Z' }, now)).toBeDefined();
    expect(() => momentOf({ at: '2026-11-28T12:00:00Z' }, now)).toThrow(
      new InputError(
        "The parameter 'at' is 2026-11-28T12:00:00.000Z, which has not been yet: it is 2026-11-27T12:00:00.000Z.",
      ),
    );
  });
});

describe('silencesAt', () => {
  it.each([
    ['since when there is data', '2026-11-27T11:15:00Z'],
    ['of the shortest gap that it is in', '2026-11-27T10:00:36Z'],
  ])('says %s', async (_, began) => {
    const since = new Date(began);
    const prometheus = prometheusWith([
      // A range begins on a whole step, which may be before the moment.
      [seconds(at) - 20, 4],
      [seconds(since), 4],
    ]);
    const silences = await silencesAt(target(prometheus), at, now);
    expect(silences.get('east')?.words).toEqual([
      {
        key: 'silence.until',
        params: { at: at.toISOString(), since: since.toISOString() },
      },
    ]);
    expect(prometheus.query).toHaveBeenCalledTimes(1);
    expect(prometheus.queryRange).toHaveBeenCalledTimes(1);
  });

  it('asks no more than that where there is data', async () => {
    const prometheus = prometheusWith([[seconds(at), 4]]);
    expect(await silencesAt(target(prometheus), at, now)).toEqual(new Map());
    expect(prometheus.query).toHaveBeenCalledTimes(1);
    expect(prometheus.queryRange).not.toHaveBeenCalled();
  });

  it('says that there is none since either', async () => {
    const silences = await silencesAt(target(prometheusWith([])), at, now);
    expect(silences.get('east')?.message).toMatch(/, nor since then\.$/);
  });

  it.each([
    ['there is data', target(prometheusWith([[seconds(at), 4]]))],
    ['there is no Prometheus', target()],
    [
      'Prometheus does not answer, which its own row says',
      target(
        prometheusWith(
          [],
          new SourceError('source-unreachable', 'It is away.'),
        ),
      ),
    ],
  ])('says nothing where %s', async (_, of) => {
    expect(await silencesAt(of, at, now)).toEqual(new Map());
  });
});

describe('withSilences', () => {
  it("adds to the rows of the clusters' Prometheus alone", () => {
    const source = { name: 'prometheus', cluster: 'east', status: 'ok' };
    const kubernetes = { name: 'kubernetes', cluster: 'east', status: 'ok' };
    expect(
      withSilences(
        { sources: [kubernetes, source], nodes: [] },
        new Map([['east', said(wording('outage.nothing'))]]),
      ),
    ).toEqual({
      sources: [
        kubernetes,
        { ...source, status: 'partial', ...said(wording('outage.nothing')) },
      ],
      nodes: [],
    });
  });
});

describe('targetAt', () => {
  it('asks of then, whoever asks, and asks nobody who knows only of now', async () => {
    const prometheus = prometheusWith([]);
    const today = target(prometheus);
    const kiali = { health: jest.fn(), validations: jest.fn() };
    const [found] = today.clusters;
    const cluster = { ...found.cluster, kiali };
    const then = targetAt(
      {
        ...today,
        clusters: [{ ...found, cluster }],
        searched: [{ cluster, snapshot: found.snapshot }],
      },
      at,
    );
    expect(then.clusters[0].cluster).toBe(then.searched[0].cluster);
    expect(then.clusters[0].cluster.kiali).toBeUndefined();
    await then.clusters[0].cluster.prometheus!.query('up', { keepForMs: 5 });
    expect(prometheus.query).toHaveBeenCalledWith('up', { keepForMs: 5, at });
  });
});
