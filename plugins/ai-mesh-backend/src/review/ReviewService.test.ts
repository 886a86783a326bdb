import { reviewSchema, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiClient, KialiValidation } from '../kiali/KialiClient';
import { snapshotOfObjects } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { SourceError } from '../target/SourceError';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { FakePrometheus } from '../topology/__testUtils__/FakePrometheus';
import {
  bothReport,
  bucketRows,
  requestRow,
} from '../topology/__testUtils__/meshRows';
import { subjectOf } from './__testUtils__/reviewOf';
import { soundMesh, type Change } from './__testUtils__/soundMesh';
import { RecentFindings } from './RecentFindings';
import { ReviewService } from './ReviewService';
import type { SecurityFacts } from './ReviewSubject';

const now = new Date('2026-03-01T12:00:00Z');
const chat = { namespace: 'ai', name: 'chat' };
const host = 'chat.ai.svc.cluster.local';

const call = { from: 'gateway', to: 'chat', version: 'v1', by: 'chat-v1' };
const series = {
  requests: [
    ...bothReport({ ...call, rate: 1 }),
    requestRow('source', { ...call, code: '504', flags: 'UT', rate: 0.005 }),
    // Hosts outside: one that no ServiceEntry knows, one that the proxy could not name.
    requestRow('source', {
      from: 'chat-v1',
      to: 'api.model.example',
      rate: 0.25,
    }),
  ],
  buckets: bothReport({ ...call, rate: 1 }).flatMap(row =>
    bucketRows(row, 20_000),
  ),
  breakers: [
    {
      labels: {
        cluster_name: `outbound|8080|v1|${host}`,
        statistic: 'rq_active_peak',
      },
      rate: 150,
    },
    {
      labels: {
        cluster_name: `outbound|8080|v1|${host}`,
        statistic: 'cx_open',
      },
      rate: 0,
    },
  ],
  tcp: [],
};

const twice: Change = spec => {
  spec.http[1].route[0].weight = 50;
};

function setUp({
  prometheus = new FakePrometheus(series),
  kiali,
  change = twice,
}: {
  prometheus?: FakePrometheus;
  kiali?: Pick<KialiClient, 'validations'>;
  change?: Change;
} = {}) {
  const snapshot = snapshotOfObjects(soundMesh({ VirtualService: change }));
  const target = clusterTargetOf(snapshot, [chat], prometheus);
  const service = new ReviewService({
    readSecurity: async () => async () => subjectOf(snapshot).security,
  });
  const cluster = { ...target.cluster, ...(kiali && { kiali }) };
  return {
    prometheus,
    service,
    target: targetOf({ ...target, cluster } as typeof target),
  };
}

const check = (code: string, path: string, name = 'chat'): KialiValidation => ({
  gvk: 'networking.istio.io/v1beta1, Kind=VirtualService',
  namespace: 'ai',
  name,
  valid: false,
  checks: [{ code, severity: 'error', message: `${code} it is`, path }],
});

describe('the review of an entity', () => {
  it('judges configuration and metrics together', async () => {
    const { service, target } = setUp();
    const review = reviewSchema.parse(await service.review(target, { now }));
    expect(
      review.findings.map(({ messageKey, path }) => `${messageKey} ${path}`),
    ).toEqual([
      'AIM204.low spec.trafficPolicy.connectionPool.tcp.maxConnections',
      'AIM601.noEntry ',
      'AIM304 spec.http[1].route',
    ]);
    expect(review.counts).toEqual({ high: 0, medium: 2, low: 1, note: 0 });
    expect(review.notJudged).toEqual([]);
    expect(
      review.sources.map(({ name, status }) => `${name} ${status}`),
    ).toEqual(['kubernetes ok', 'prometheus ok']);
  });

  it('judges nothing by what another cluster does among its own, in one Prometheus', async () => {
    const { service, target } = setUp({
      prometheus: new FakePrometheus({
        ...series,
        requests: [
          ...series.requests,
          requestRow('source', {
            from: 'chat-v1',
            to: 'api.elsewhere.example',
            fromCluster: 'west',
            rate: 1,
          }),
        ],
        // So slow there that it would be cut off here.
        buckets: [
          ...series.buckets,
          ...bothReport({
            ...call,
            fromCluster: 'west',
            toCluster: 'west',
            rate: 100,
          }).flatMap(row => bucketRows(row, 60_000)),
        ],
      }),
    });
    const [own] = target.searched;
    const other = { ...own, cluster: { ...own.cluster, name: 'west' } };
    const { findings } = await service.review(
      { ...target, searched: [own, other] },
      { now },
    );
    expect(findings.map(({ messageKey }) => messageKey)).toEqual([
      'AIM204.low',
      'AIM601.noEntry',
      'AIM304',
    ]);
  });

  it('takes a call by address to a workload of the mesh for none that leaves it', async () => {
    const { service, target } = setUp({
      prometheus: new FakePrometheus({
        ...series,
        requests: [
          ...series.requests.slice(0, -1),
          requestRow('source', {
            from: 'chat-v1',
            to: 'PassthroughCluster',
            by: 'vectors',
            rate: 0.25,
          }),
        ],
      }),
    });
    const { findings } = await service.review(target, { now });
    expect(findings.map(({ code }) => code)).not.toContain('AIM601');
  });

  it('asks four questions a cluster of its own', async () => {
    const { service, target, prometheus } = setUp();
    const { queries } = await service.review(target, { now });
    expect(prometheus.asked.map(({ metric }) => metric).sort()).toEqual([
      'breakers',
      'buckets',
      'requests',
      'tcp',
    ]);
    expect(queries.map(({ id }) => id).sort()).toEqual([
      'breakers',
      'egress',
      'latency',
      'requests',
    ]);
  });

  it('takes a p99 of few requests for none', async () => {
    const few = series.buckets.map(row => ({ ...row, rate: row.rate / 100 }));
    const { service, target } = setUp({
      prometheus: new FakePrometheus({ ...series, buckets: few }),
    });
    const { notJudged } = await service.review(target, { now });
    expect(notJudged).toMatchObject([
      {
        code: 'AIM102',
        reason: 'no-traffic',
        message: expect.stringMatching(/^36 requests/),
      },
    ]);
  });

  it('keeps to the configuration where Prometheus does not answer', async () => {
    const down = new SourceError('source-unreachable', 'It hangs.');
    const { service, target } = setUp({
      prometheus: new FakePrometheus(
        {},
        { requests: down, buckets: down, breakers: down, tcp: down },
      ),
    });
    const review = reviewSchema.parse(await service.review(target, { now }));
    expect(review.findings.map(({ code }) => code)).toEqual(['AIM304']);
    expect(
      review.notJudged.map(({ code, reason }) => `${code} ${reason}`),
    ).toEqual([
      'AIM102 source-unreachable',
      'AIM204 source-unreachable',
      'AIM206 source-unreachable',
      'AIM601 source-unreachable',
    ]);
    expect(review.sources[1]).toMatchObject({
      name: 'prometheus',
      status: 'unreachable',
      message: 'It hangs.',
    });
  });

  it('adds what Kiali says beyond it, and nothing twice', async () => {
    const { service, target } = setUp({
      change: spec => {
        spec.http[1].route[0].destination.subset = 'v9';
      },
      kiali: {
        validations: async namespaces => {
          expect(namespaces).toEqual(['ai']);
          return {
            observedAt: now,
            validations: [
              check('KIA1107', 'spec/http[1]/route[0]/destination'),
              check('KIA1107', 'spec/http[7]/route[0]/destination'),
              check('KIA1105', 'spec/http[1]/route[0]'),
              check('KIA1105', 'spec/http[0]', 'of-another-service'),
            ],
          };
        },
      },
    });
    const { kiali, sources, findings } = await service.review(target, { now });
    expect(
      findings.find(({ messageKey }) => messageKey === 'AIM301.subset')
        ?.equivalents,
    ).toEqual(['IST0101', 'KIA1107']);
    expect(kiali.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'KIA1107 spec/http[7]/route[0]/destination',
      'KIA1105 spec/http[1]/route[0]',
    ]);
    expect(kiali[0].object).toMatchObject({
      kind: 'VirtualService',
      apiVersion: 'networking.istio.io/v1',
      name: 'chat',
    });
    expect(sources[2]).toMatchObject({ name: 'kiali', status: 'ok' });
  });

  it.each([
    ['forbidden', 'forbidden'],
    ['source-unreachable', 'unreachable'],
  ] as const)('goes on where Kiali is %s', async (reason, status) => {
    const { service, target } = setUp({
      kiali: {
        validations: async () => {
          throw new SourceError(reason, 'Kiali says no.');
        },
      },
    });
    const review = await service.review(target, { now });
    expect(review.findings).not.toEqual([]);
    expect(review.sources[2]).toMatchObject({
      status,
      message: 'Kiali says no.',
    });
  });

  it('hands on a mistake of its own', async () => {
    const { target } = setUp();
    const service = new ReviewService({
      readSecurity: async () => {
        throw new Error('a mistake');
      },
    });
    await expect(service.review(target, { now })).rejects.toThrow('a mistake');
  });

  it('says what it could not judge for want of security facts', async () => {
    const { target } = setUp();
    const snapshot = target.clusters[0].snapshot;
    const facts: SecurityFacts = {
      ...subjectOf(snapshot).security,
      telemetry: unknown('forbidden', 'may not list telemetries'),
    };
    const service = new ReviewService({
      readSecurity: async () => async () => facts,
    });
    const { notJudged } = await service.review(target, { now });
    expect(notJudged.map(({ code }) => code)).toEqual([
      'AIM501',
      'AIM502',
      'AIM503',
    ]);
  });
});

describe('recent findings', () => {
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

  it('are counted once a minute, however many ask', async () => {
    const { service, target } = setUp();
    const review = jest.spyOn(service, 'review');
    const recent = new RecentFindings(service);
    const answers = await Promise.all([
      recent.count(target, at(0)),
      recent.count(target, at(1)),
      recent.count(target, at(59)),
    ]);
    for (const counts of answers) {
      expect(counts).toEqual({ high: 0, medium: 2, low: 1, note: 0 });
    }
    expect(review).toHaveBeenCalledTimes(1);
    await recent.count(target, at(61));
    expect(review).toHaveBeenCalledTimes(2);
    // The clock was set back.
    await recent.count(target, at(-3600));
    expect(review).toHaveBeenCalledTimes(3);
  });

  it('are counted for each service by the same review', async () => {
    const { service, target } = setUp();
    const review = jest.spyOn(service, 'review');
    const recent = new RecentFindings(service);
    const of = await recent.countEach(target, at(0));
    const [{ cluster, services }] = target.clusters;
    const all = await recent.count(target, at(1));
    expect(review).toHaveBeenCalledTimes(1);
    expect(of({ cluster: cluster.name, ...services[0] })).toEqual(all);
    expect(
      of({ cluster: cluster.name, ...services[0], name: 'another' }),
    ).toEqual({ high: 0, medium: 0, low: 0, note: 0 });
  });

  it('do not keep a failure', async () => {
    const { service, target } = setUp();
    jest.spyOn(service, 'review').mockRejectedValueOnce(new Error('once'));
    const recent = new RecentFindings(service);
    await expect(recent.count(target, at(0))).rejects.toThrow('once');
    await expect(recent.count(target, at(1))).resolves.toMatchObject({
      medium: 2,
    });
  });
});
