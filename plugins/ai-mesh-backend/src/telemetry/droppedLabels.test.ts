import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { HttpPrometheusClient } from '../prometheus/HttpPrometheusClient';
import { ClusterTelemetry } from './ClusterTelemetry';
import { remarkDroppedLabels } from './droppedLabels';

const LABELS: Record<string, string> = {
  reporter: 'source',
  request_protocol: 'http',
  response_code: '200',
  response_flags: '-',
  connection_security_policy: 'unknown',
  source_workload: 'web',
  source_workload_namespace: 'ai',
  destination_service: 'chat.ai.svc.cluster.local',
  destination_service_name: 'chat',
  destination_service_namespace: 'ai',
  destination_workload: 'chat-v1',
  destination_workload_namespace: 'ai',
  destination_version: 'v1',
};

describeWithPrometheus('labels that tagOverrides have dropped', () => {
  let prometheus: RealPrometheus | undefined;

  afterEach(async () => {
    await prometheus?.stop();
    prometheus = undefined;
  });

  async function remarkOf(dropped: string[]) {
    const labels = Object.entries(LABELS)
      .filter(([name]) => !dropped.includes(name))
      .map(([name, value]) => `${name}="${value}"`);
    const now = Math.floor(Date.now() / 1000);
    prometheus = await startPrometheus(
      [
        ...[60, 30, 0].map(
          (ago, index) =>
            `istio_requests_total{${labels.join()}} ${index} ${now - ago}`,
        ),
        '# EOF',
        '',
      ].join('\n'),
    );
    const telemetry = new ClusterTelemetry({
      name: 'demo',
      prometheus: new HttpPrometheusClient({
        cluster: 'demo',
        settings: {
          url: prometheus.url,
          auth: { type: 'none' },
          headers: {},
          extraLabels: {},
          tls: { skipVerify: false },
          timeoutMs: 10_000,
          cacheTtlMs: 0,
        },
      }),
    });
    await remarkDroppedLabels(telemetry, [{ namespace: 'ai', name: 'chat' }]);
    return telemetry.source;
  }

  it.each([
    [['destination_service_name'], 'lack the label destination_service_name:'],
    [['reporter', 'response_code'], 'lack the labels reporter, response_code:'],
  ])(
    'are named where nothing was found: %j',
    async (dropped, message) => {
      expect(await remarkOf(dropped)).toMatchObject({
        status: 'partial',
        message: expect.stringContaining(message),
      });
    },
    30_000,
  );

  it('are not found where all are there', async () => {
    const source = await remarkOf([]);
    expect(source.status).toBe('ok');
  }, 30_000);
});
