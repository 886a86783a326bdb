import { known, unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { acrossClusters, type GatheredCluster } from './acrossClusters';
import type { EventCounts } from './errorBudget';
import type { CountedObjective } from './gather/clusterSlos';

const HOUR = 3600;

type Entity = GatheredCluster['entity'];

/** A cluster of its own Prometheus, or of the shared one. */
function cluster(
  name: string,
  counts: Measured<EventCounts> | undefined,
  change: {
    unread?: Measured<never>;
    prometheus?: object;
    dialect?: string;
    told?: boolean;
    exact?: boolean;
  } = {},
): GatheredCluster {
  const {
    unread,
    prometheus = { series: name },
    dialect = 'vllm',
    told = true,
    exact = true,
  } = change;
  const objective = {
    id: 'slow',
    name: 'Latency',
    indicator: { kind: 'latency', thresholdMs: 1000, exact },
    target: 0.99,
    periodSeconds: HOUR,
    period: 'rolling',
    source: 'configuration',
  };
  return {
    entity: {
      target: { cluster: { name, prometheus } },
      series: {
        services: [{ namespace: 'ai', name: 'chat' }],
        workloads: [{ kind: 'Deployment', namespace: 'ai', name: 'chat-v1' }],
      },
      configured: [],
    } as unknown as Entity,
    slos: {
      counted: counts
        ? [
            {
              model: 'fast-1',
              planned: { objective, periodWindow: HOUR, windows: [HOUR] },
              status: { objective },
              counts: () => counts,
            } as unknown as CountedObjective,
          ]
        : [],
      ...(unread && { unread }),
      dialect: {
        name: dialect,
        chosenBy: 'detected',
        alsoPresent: [],
        notes: [],
        noteWords: [],
      },
      clustersAreTold: told,
    },
  };
}

function sharing(...all: GatheredCluster[]): GatheredCluster[] {
  const prometheus = { series: 'one' };
  const configured = all.map(({ entity }) => ({
    name: entity.target.cluster.name,
    prometheus,
  }));
  return all.map(one => ({
    ...one,
    entity: {
      ...one.entity,
      target: {
        ...one.entity.target,
        cluster: { ...one.entity.target.cluster, prometheus },
      },
      configured,
    } as unknown as Entity,
  }));
}

const busy = known({ bad: 2, total: 1000 });
const failing = known({ bad: 300, total: 3000 });
const quiet = unknown('no-traffic', 'No series counted events in the window.');

describe('an objective over several clusters', () => {
  it('weighs events, not clusters, and says what each contributes', () => {
    const [one] = acrossClusters([
      cluster('east', busy),
      cluster('west', failing),
    ]);
    expect(one).toMatchObject({
      model: 'fast-1',
      events: known(4000),
      badEvents: known(302),
      sli: known(expect.closeTo(1 - 302 / 4000, 9)),
      budgetLeft: known(expect.closeTo(1 - 302 / 4000 / 0.01, 9)),
      clusters: [
        { cluster: 'east', events: known(1000), badEvents: known(2) },
        { cluster: 'west', events: known(3000), badEvents: known(300) },
      ],
    });
    expect(one).not.toHaveProperty('cluster');
  });

  it('counts a cluster without traffic as none, and says that it had none', () => {
    const [one] = acrossClusters([
      cluster('east', busy),
      cluster('west', quiet),
    ]);
    expect(one.events).toEqual(known(1000));
    expect(one.clusters[1]).toMatchObject({ cluster: 'west', events: quiet });
  });

  it('has no traffic where no cluster has', () => {
    const [one] = acrossClusters([
      cluster('east', quiet),
      cluster('west', quiet),
    ]);
    expect(one.sli).toEqual(quiet);
    expect(one.alert).toBe('unknown');
  });

  it.each([
    ['answers nothing', cluster('west', undefined, { unread: away() })],
    ['cannot count it', cluster('west', away())],
  ])('is unknown where one cluster %s', (_, west) => {
    const [one] = acrossClusters([cluster('east', busy), west]);
    expect(one.events).toEqual({
      status: 'unknown',
      reason: 'source-unreachable',
      message: "Of the cluster 'west': It is away.",
      words: [
        { key: 'slo.ofCluster', params: { cluster: 'west' } },
        { key: 'verbatim', params: { text: 'It is away.' } },
      ],
    });
    expect(one.alert).toBe('unknown');
    expect(one.clusters).toMatchObject([
      { cluster: 'east', events: known(1000) },
      { cluster: 'west', events: away() },
    ]);
  });

  it('is none where the others were read and have no such objective', () => {
    expect(
      acrossClusters([cluster('east', busy), cluster('west', undefined)]),
    ).toEqual([]);
  });

  it('is interpolated where any of its parts is', () => {
    const [one] = acrossClusters([
      cluster('east', busy),
      cluster('west', busy, { exact: false }),
    ]);
    expect(one.objective.indicator).toMatchObject({ exact: false });
  });

  it.each([
    ['pods of equal names', 'vllm', true, 'no-such-label'],
    ['Istio without names of clusters', 'istio', false, 'no-such-label'],
    ['Istio with names of clusters', 'istio', true, undefined],
  ])(
    'over one Prometheus, with %s',
    (_, dialect, told, reason: string | undefined) => {
      const [one] = acrossClusters(
        sharing(
          cluster('east', busy, { dialect, told }),
          cluster('west', failing, { dialect, told }),
        ),
      );
      expect(one.events).toMatchObject(
        reason ? { status: 'unknown', reason } : known(4000),
      );
    },
  );
});

function away() {
  return unknown('source-unreachable', 'It is away.');
}
