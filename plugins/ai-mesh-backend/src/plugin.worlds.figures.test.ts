import {
  overviewSchema,
  slosSchema,
  topologySchema,
  type CanaryDetails,
  type CanaryRequestInput,
  type Measured,
  type Overview,
  type Slos,
  type Topology,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { CanaryPortal } from './__testUtils__/CanaryPortal';
import { component, until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(600_000);

const SERVICE = 'ai-chat-service';
const CHAT = `destination_service_name="${SERVICE}",destination_service_namespace="ai-services"`;
/** One reporter for each request: of callers without a proxy, the called one. */
const ONCE = [
  `${CHAT},reporter=~"source|waypoint"`,
  `${CHAT},reporter="destination",source_workload="unknown"`,
];

const rate = (matchers: string) =>
  `rate(istio_requests_total{${matchers}}[5m])`;

const sum = (expressions: readonly string[]) =>
  expressions.map(one => `(sum(${one}) or vector(0))`).join(' + ');

const valueOf = (measured?: Measured<number>) =>
  measured?.status === 'known' ? measured.value : NaN;

/** A series that was just born has one sample, which is no rate, and nothing in a sum of Prometheus' either. */
const rateOf = (measured: Measured<number>) =>
  measured.status === 'unknown' && measured.reason === 'not-exported'
    ? 0
    : valueOf(measured);

/** What a Prometheus says, now or at a time in Unix seconds. */
async function askOne(
  { url }: RealPrometheus,
  promql: string,
  at?: number,
): Promise<number> {
  const query = new URLSearchParams({
    query: promql,
    ...(at && { time: String(at) }),
  });
  const response = await fetch(`${url}/api/v1/query?${query}`);
  const { data } = await response.json();
  return Number(data.result[0].value[1]);
}

/** How late a sample may come, by the configuration: no scrape of a busy machine comes later. */
const SETTLE_SECONDS = 10;

/** The canary's requests that were counted since the weights changed. */
const countedBy = ({ check }: CanaryDetails) =>
  valueOf(
    check?.gates.find(({ gate }) => gate === 'error-rate')?.canary.requests,
  );

/** A figure of an answer, and the PromQL that says the same. */
type Figure<T> = [figure: (answer: T) => number, promql: string];

describeWithPrometheus.each([
  ['two-clusters', 'each', ['east', 'west']],
  ['two-clusters', 'one', ['east', 'west']],
  ['ambient', 'each', ['Kubernetes']],
] as const)(
  'the figures over the world %s, Prometheus: %s',
  (world, kind, names) => {
    let sandbox: RunningSandbox;
    let prometheus: RealPrometheus[] = [];
    let portal: CanaryPortal;

    /** What the Prometheus, or the two of them, say together. */
    async function ask(promql: string, at?: number): Promise<number> {
      const values = await Promise.all(
        prometheus.map(one => askOne(one, promql, at)),
      );
      return values.reduce((all, one) => all + one, 0);
    }

    beforeAll(async () => {
      sandbox = await startSandbox(['--world', world]);
      const pages = sandbox.clusters.map(({ metrics }) => metrics);
      prometheus = await Promise.all(
        kind === 'one'
          ? [startScrapingPrometheus(...pages)]
          : pages.map(page => startScrapingPrometheus(page)),
      );
      portal = await CanaryPortal.start({
        clusters: sandbox.clusters.map(({ name, kubernetes }, index) => ({
          name,
          kubernetes: {
            url: kubernetes,
            serviceAccountToken: sandbox.tokens.writer,
          },
          allowWrites: true,
          prometheus: {
            url: (prometheus[index] ?? prometheus[0]).url,
            cacheTtl: '0s',
            scrapeInterval: '1s',
            settleTime: `${SETTLE_SECONDS}s`,
          },
        })),
        entities: [
          {
            ...component('chat', {
              'ai-mesh.io/service': `ai-services/${SERVICE}`,
              'ai-mesh.io/metrics': 'istio',
            }),
            relations: ['ai-team', 'ai-platform'].map(team => ({
              type: 'ownedBy',
              targetRef: `group:default/${team}`,
            })),
          },
        ],
      });
      await until(
        () => ask(sum(ONCE.map(rate))),
        requests => requests * 300 > 100,
        240_000,
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await Promise.all(prometheus.map(one => one.stop()));
      await sandbox?.stop();
    });

    const read = async (view: string) =>
      (
        await portal.http(
          'rita',
          'get',
          `/v1/entities/component/default/chat/${view}`,
        )
      ).body;

    /** A moment, Unix seconds, of which each Prometheus has all that it ever will: a target's scrapes come in order. */
    async function settledMoment(): Promise<number> {
      const at = Math.floor(Date.now() / 1000);
      await until(
        () =>
          Promise.all(prometheus.map(one => askOne(one, 'min(timestamp(up))'))),
        scraped => Math.min(...scraped) > at,
        120_000,
      );
      return at;
    }

    /** The answer of a settled moment, whose figures are what Prometheus says of that moment, 2 % more or less. */
    async function agreeing<T>(
      answerOf: (at: string) => Promise<T>,
      figures: readonly Figure<T>[],
    ): Promise<T> {
      const at = await settledMoment();
      const answer = await answerOf(`at=${new Date(at * 1000).toISOString()}`);
      for (const [figure, promql] of figures) {
        const said = await ask(promql, at);
        expect(said).toBeGreaterThan(0);
        expect(figure(answer)).toBeGreaterThanOrEqual(said * 0.98);
        expect(figure(answer)).toBeLessThanOrEqual(said * 1.02);
      }
      return answer;
    }

    const several = names.length > 1;

    it('agree in the overview, as a whole and cluster by cluster', async () => {
      const ofCluster = (name: string): Figure<Overview> => [
        ({ traffic }) =>
          valueOf(
            traffic.clusters?.find(({ cluster }) => cluster === name)?.traffic
              .requestsPerSecond,
          ),
        sum(ONCE.map(one => rate(`${one},destination_cluster="${name}"`))),
      ];
      const { mtls } = await agreeing<Overview>(
        async at => overviewSchema.parse(await read(`overview?${at}`)),
        [
          [
            ({ traffic }) => valueOf(traffic.total.requestsPerSecond),
            sum(ONCE.map(rate)),
          ],
          ...(several ? names.map(ofCluster) : []),
        ],
      );
      const { observed } = mtls;
      // Most of it is encrypted in both, and what was not seen would be unknown.
      expect(
        observed.status === 'known' ? observed.value.share : NaN,
      ).toBeGreaterThan(0.9);
    });

    it('agree in the graph', async () => {
      const received = ({ nodes, edges }: Topology) =>
        edges
          .filter(({ target }) =>
            nodes.some(
              ({ id, relation }) => relation === 'own' && id === target,
            ),
          )
          .map(({ traffic }) => traffic.requestsPerSecond)
          .reduce(
            (all, one) => all + (one.status === 'known' ? one.value : 0),
            0,
          );
      const { nodes } = await agreeing<Topology>(
        async at => topologySchema.parse(await read(`topology?${at}`)),
        [[received, sum(ONCE.map(rate))]],
      );
      expect(
        nodes
          .filter(({ relation }) => relation === 'own')
          .map(({ cluster }) => cluster)
          .sort(),
      ).toEqual(names);
    });

    it('agree in the objectives, and add up to what each cluster contributes', async () => {
      // The portal reads one reporter of a call: its caller's, where that lies in the same Prometheus.
      const reported = (name: string) => {
        const own = `${CHAT},reporter="source",source_cluster="${name}"`;
        if (!several) {
          return ONCE;
        }
        return kind === 'one'
          ? [
              `${CHAT},reporter="source",destination_cluster="${name}"`,
              `${own},destination_cluster="unknown"`,
              `${CHAT},reporter="destination",source_workload="unknown",destination_cluster="${name}"`,
            ]
          : [
              `${own},destination_cluster=~"unknown|${name}"`,
              `${CHAT},reporter="destination",source_cluster!="${name}",destination_cluster="${name}"`,
              `${own},destination_cluster!~"unknown|${name}",response_flags=~"(UF|UH|UO).*"`,
            ];
      };
      const { acrossClusters = [] } = await agreeing<Slos>(
        async at => slosSchema.parse(await read(`slos?window=1h&${at}`)),
        names.map(name => [
          ({ models }) =>
            models
              .filter(({ cluster }) => cluster === name)
              .reduce((all, model) => all + rateOf(model.requestsPerSecond), 0),
          sum(reported(name).map(rate)),
        ]),
      );
      expect(acrossClusters.length > 0).toBe(several);
      for (const { events, clusters } of acrossClusters) {
        expect(clusters.map(({ cluster }) => cluster)).toEqual(names);
        expect(valueOf(events)).toBeCloseTo(
          // A cluster whose part of a version has had no call yet contributes none.
          clusters
            .filter(
              ({ events: own }) =>
                own.status === 'known' || own.reason !== 'no-traffic',
            )
            .reduce((all, one) => all + valueOf(one.events), 0),
          6,
        );
      }
    });

    it('agree in a canary, whose callers are counted cluster by cluster', async () => {
      const [cluster] = names;
      const plan: CanaryRequestInput['plan'] = {
        steps: [50],
        intervalSeconds: 600,
        longestHoldSeconds: 600,
        checkSeconds: 1,
        minRequests: 20,
        gates: {
          errorRate: { rollBackAbove: 0.9, advanceBelow: 0.001 },
          throttled: { rollBackAbove: 0.9, advanceBelow: 0.001 },
          latencyP99: { enabled: false },
          tokensPerRequest: { enabled: false },
          timeToFirstToken: { enabled: false },
        },
      };
      const canary = await portal.as('olivia').request({
        service: { cluster, namespace: 'ai-services', name: SERVICE },
        plan,
      });
      await portal.as('adam').act(canary.id, { action: 'approve', version: 1 });
      /** A check that counted so many, and the seconds between which its question was asked. */
      const checkOf = async (least: number) => {
        const seen = await portal.when(
          canary.id,
          one => countedBy(one) > least,
          240_000,
        );
        return {
          counted: countedBy(seen),
          check: seen.check!,
          after: Date.parse(seen.check!.at) / 1000,
          before: Date.now() / 1000,
        };
      };
      /** Whether every scrape between two moments came: what a missing one told is left out of the evidence. */
      const isWhole = async (from: number, to: number) => {
        const window = Math.ceil(to - from + 2 * SETTLE_SECONDS);
        const up = await askOne(
          prometheus[0],
          `min(min_over_time(up[${window}s]))`,
          to,
        );
        return up === 1;
      };
      let first = await checkOf(20);
      let last = await checkOf(first.counted + 120);
      await settledMoment();
      while (!(await isWhole(first.after, last.before))) {
        first = last;
        last = await checkOf(first.counted + 120);
        await settledMoment();
      }
      const called = `destination_cluster="${cluster}"`;
      const reports = several
        ? [
            `${CHAT},reporter="source",source_cluster="${cluster}"`,
            // Of the other cluster's callers, what they sent here.
            `${CHAT},reporter="${kind === 'one' ? 'source' : 'destination'}",source_cluster!~"unknown|${cluster}",${called}`,
            `${CHAT},reporter="destination",source_cluster="unknown",${called}`,
          ]
        : ONCE;
      const total = (at: number) =>
        askOne(
          prometheus[0],
          sum(
            reports.map(
              one =>
                `istio_requests_total{${one},destination_workload="${SERVICE}-v2"}`,
            ),
          ),
          at - SETTLE_SECONDS,
        );
      const least = (await total(last.after)) - (await total(first.before));
      const most = (await total(last.before)) - (await total(first.after));
      const counted = last.counted - first.counted;
      expect(counted).toBeGreaterThanOrEqual(least * 0.98);
      expect(counted).toBeLessThanOrEqual(most * 1.02);
      expect(last.check.byCluster?.map(one => one.cluster).sort()).toEqual(
        several ? names : undefined,
      );
    });
  },
);
