import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  overviewSchema,
  slosSchema,
  topologySchema,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ClusterObject } from './__testUtils__/ClusterObject';
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

const ROOT = 'ai-chat-service';
const NAMESPACE = 'ai-services';
/** A version whose pods the entity's Service does not select. */
const REWRITTEN = 'ai-chat-rewritten';
/** On both sides of now: however long the portal takes to start, there are samples at its time. */
const MINUTES = 20;
const now = Math.floor(Date.now() / 15_000) * 15;

const counter = (
  service: string,
  version: string,
  code: string,
  rate: number,
) =>
  Array.from(
    { length: MINUTES * 8 + 1 },
    (_, index) =>
      `istio_requests_total{reporter="source",source_workload="ai-orchestrator",source_workload_namespace="${NAMESPACE}",destination_workload="${service}",destination_workload_namespace="${NAMESPACE}",destination_service_name="${service}",destination_service_namespace="${NAMESPACE}",destination_version="${version}",response_code="${code}"} ${index * 15 * rate} ${now + (index - MINUTES * 4) * 15}`,
  );

/** As Istio reports what an HTTPRoute divided: by the Service that a request was sent on to. */
const samples = [
  '# TYPE istio_requests_total counter',
  ...counter(`${ROOT}-v1`, 'v1', '200', 9),
  ...counter(`${ROOT}-v2`, 'v2', '503', 1),
  ...counter(REWRITTEN, 'v3', '200', 10),
  '# EOF\n',
].join('\n');

const serviceOf = (name: string, selector: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: NAMESPACE, name },
  spec: { selector, ports: [{ name: 'http', port: 8080 }] },
});

const rewritten = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: NAMESPACE, name: REWRITTEN },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: REWRITTEN } },
    template: {
      metadata: { labels: { app: REWRITTEN } },
      spec: { containers: [{ name: 'chat', image: 'chat:3' }] },
    },
  },
};

const httpRoute = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: NAMESPACE, name: ROOT },
  spec: {
    parentRefs: [{ group: '', kind: 'Service', name: ROOT, port: 8080 }],
    rules: [
      {
        backendRefs: [
          { name: `${ROOT}-v1`, port: 8080, weight: 90 },
          { name: `${ROOT}-v2`, port: 8080, weight: 10 },
          { name: REWRITTEN, port: 8080, weight: 100 },
        ],
      },
    ],
  },
};

const value = (measured: Measured<number>) =>
  measured.status === 'known' ? measured.value : NaN;

describeWithPrometheus(
  'an entity that names a Service whose versions are Services behind an HTTPRoute',
  () => {
    let sandbox: RunningSandbox;
    let prometheus: RealPrometheus;
    let portal: Portal;

    beforeAll(async () => {
      [sandbox, prometheus] = await Promise.all([
        startSandbox(),
        startPrometheus(samples),
      ]);
      const path = `/api/v1/namespaces/${NAMESPACE}/services`;
      for (const service of [
        serviceOf(`${ROOT}-v1`, { app: ROOT, version: 'v1' }),
        serviceOf(`${ROOT}-v2`, { app: ROOT, version: 'v2' }),
        serviceOf(REWRITTEN, { app: REWRITTEN }),
      ]) {
        await new ClusterObject(
          sandbox,
          `${path}/${service.metadata.name}`,
        ).create(service);
      }
      await new ClusterObject(
        sandbox,
        `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${REWRITTEN}`,
      ).create(rewritten);
      await new ClusterObject(
        sandbox,
        `/apis/gateway.networking.k8s.io/v1/namespaces/${NAMESPACE}/httproutes/${ROOT}`,
      ).create(httpRoute);
      portal = await startPortal(
        [clusterOn(sandbox, { prometheus: { url: prometheus.url } })],
        [
          component('chat', {
            'ai-mesh.io/service': `${NAMESPACE}/${ROOT}`,
          }),
        ],
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
      await sandbox?.stop();
    });

    it('shows what they are sent as its own', async () => {
      const { traffic, services } = overviewSchema.parse(
        (await portal.read('chat/overview')).body,
      );
      expect(services.map(({ name }) => name)).toEqual([
        ROOT,
        REWRITTEN,
        `${ROOT}-v1`,
        `${ROOT}-v2`,
      ]);
      expect(value(traffic.total.requestsPerSecond)).toBeCloseTo(20, 1);
      expect(value(traffic.total.errorRatio)).toBeCloseTo(0.05, 2);
      const { nodes, edges } = topologySchema.parse(
        (await portal.read('chat/topology')).body,
      );
      const own = nodes.filter(({ relation }) => relation === 'own');
      const called = edges.filter(({ target }) =>
        own.some(({ id }) => id === target),
      );
      expect(
        called.reduce(
          (sum, { traffic: { requestsPerSecond } }) =>
            sum + value(requestsPerSecond),
          0,
        ),
      ).toBeCloseTo(20, 1);
    });

    it('measures its objectives by them', async () => {
      const { models } = slosSchema.parse(
        (await portal.read('chat/slos?window=1h')).body,
      );
      const byModel = new Map(
        models.map(({ model, errorRatio }) => [model, value(errorRatio)]),
      );
      expect(byModel.get('v1')).toBe(0);
      expect(byModel.get('v2')).toBe(1);
      expect(byModel.get('v3')).toBe(0);
    });
  },
);
