import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { slosSchema, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(150_000);

const MINUTES = 60;
const now = Math.floor(Date.now() / 60_000) * 60;

/** However long the portal took to start. */
const AS_OF_THE_SAMPLES = `store/slos?at=${new Date(now * 1000).toISOString()}`;

const counter = (series: string, perMinute: number) =>
  Array.from(
    { length: MINUTES + 1 },
    (_, minute) =>
      `${series} ${minute * perMinute} ${now - (MINUTES - minute) * 60}`,
  );

const call = (reporter: string, from: string, to: string, code: string) =>
  `istio_requests_total{reporter="${reporter}",source_workload="ai-orchestrator",source_workload_namespace="ai-services",source_cluster="${from}",destination_service_name="vector-store",destination_service_namespace="ai-services",destination_cluster="${to}",destination_version="v1",response_code="${code}"}`;

const bothSides = (from: string, to: string, code: string, rate: number) =>
  ['source', 'destination'].flatMap(reporter =>
    counter(call(reporter, from, to, code), rate),
  );

const samples = [
  '# TYPE istio_requests_total counter',
  ...bothSides('east', 'east', '200', 60),
  ...bothSides('west', 'west', '503', 20),
  // Over the border: both sides' reports lie in the one Prometheus, and the call is the called side's.
  ...bothSides('west', 'east', '200', 30),
  // A caller in the east that reached nobody: nobody's but its own cluster's.
  ...counter(call('source', 'east', 'unknown', '0'), 6),
  '# EOF\n',
];

const value = (measured: Measured<number>) =>
  measured.status === 'known' ? measured.value : NaN;

const failed = (to: string, flags: string) =>
  call('source', 'west', to, '503').replace('}', `,response_flags="${flags}"}`);

/** As each cluster's own Prometheus has them: the called side's reports of what came over the border are in the other one. */
const apart = {
  east: [
    '# TYPE istio_requests_total counter',
    ...bothSides('east', 'east', '200', 60),
    ...counter(call('destination', 'west', 'east', '200'), 30),
    ...counter(call('destination', 'west', 'east', '503'), 3),
    '# EOF\n',
  ],
  west: [
    '# TYPE istio_requests_total counter',
    ...bothSides('west', 'west', '200', 20),
    ...counter(call('source', 'west', 'east', '200'), 30),
    // Arrived, and failed there: the called side counts it.
    ...counter(failed('east', 'URX'), 3),
    // No connection over the border: no proxy of the called side knows of it.
    ...counter(failed('east', 'UF,URX'), 7),
    ...counter(failed('unknown', 'UH'), 2),
    '# EOF\n',
  ],
};

describeWithPrometheus(
  'objectives of an entity on two clusters that have a Prometheus each',
  () => {
    let sandbox: RunningSandbox;
    let prometheus: Record<'east' | 'west', RealPrometheus>;
    let portal: Portal;

    beforeAll(async () => {
      const [running, east, west] = await Promise.all([
        startSandbox(),
        startPrometheus(apart.east.join('\n')),
        startPrometheus(apart.west.join('\n')),
      ]);
      sandbox = running;
      prometheus = { east, west };
      portal = await startPortal(
        (['east', 'west'] as const).map(name => ({
          ...clusterOn(sandbox, { prometheus: { url: prometheus[name].url } }),
          name,
        })),
        [
          component('store', {
            'ai-mesh.io/service': 'ai-services/vector-store',
          }),
        ],
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await Promise.all([prometheus?.east.stop(), prometheus?.west.stop()]);
      await sandbox?.stop();
    });

    it('count a call that never crossed the border once, where its caller reports', async () => {
      const slos = slosSchema.parse(
        (await portal.read(AS_OF_THE_SAMPLES)).body,
      );
      const availability = slos.acrossClusters?.find(
        ({ objective }) => objective.indicator.kind === 'availability',
      );
      const [east, west] = availability!.clusters;
      expect([east.cluster, west.cluster]).toEqual(['east', 'west']);
      const minutes = value(east.events) / 93;
      expect(minutes).toBeGreaterThan(58);
      expect(value(east.badEvents) / minutes).toBeCloseTo(3, 1);
      expect(value(west.events) / minutes).toBeCloseTo(29, 1);
      expect(value(west.badEvents) / minutes).toBeCloseTo(9, 1);
      expect(value(availability!.sli)).toBeCloseTo(1 - 12 / 122, 3);
    });
  },
);

describeWithPrometheus(
  'objectives of an entity on two clusters that share a Prometheus',
  () => {
    let sandbox: RunningSandbox;
    let prometheus: RealPrometheus;
    let portal: Portal;

    beforeAll(async () => {
      [sandbox, prometheus] = await Promise.all([
        startSandbox(),
        startPrometheus(samples.join('\n')),
      ]);
      portal = await startPortal(
        ['east', 'west'].map(name => ({
          ...clusterOn(sandbox, { prometheus: { url: prometheus.url } }),
          name,
        })),
        [
          component('store', {
            'ai-mesh.io/service': 'ai-services/vector-store',
          }),
        ],
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
      await sandbox?.stop();
    });

    it('count every call once, and say which cluster it was of', async () => {
      const slos = slosSchema.parse(
        (await portal.read(AS_OF_THE_SAMPLES)).body,
      );
      const availability = slos.acrossClusters?.find(
        ({ objective }) => objective.indicator.kind === 'availability',
      );
      expect(availability?.model).toBe('v1');
      const [east, west] = availability!.clusters;
      expect([east.cluster, west.cluster]).toEqual(['east', 'west']);
      const minutes = value(west.events) / 20;
      expect(minutes).toBeGreaterThan(58);
      expect(value(west.badEvents) / minutes).toBeCloseTo(20, 1);
      expect(value(east.events) / minutes).toBeCloseTo(96, 1);
      expect(value(east.badEvents) / minutes).toBeCloseTo(6, 1);
      expect(value(availability!.events) / minutes).toBeCloseTo(116, 1);
      expect(value(availability!.sli)).toBeCloseTo(1 - 26 / 116, 3);
    });
  },
);
