import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../prometheus/__testUtils__/clientOf';
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

  /** Series of these namespaces, without what each has dropped. */
  async function start(droppedIn: Record<string, string[]>) {
    const now = Math.floor(Date.now() / 1000);
    const lines = Object.entries(droppedIn).flatMap(([namespace, dropped]) => {
      const labels = Object.entries(LABELS)
        .filter(([name]) => !dropped.includes(name))
        .map(
          ([name, value]) => `${name}="${value === 'ai' ? namespace : value}"`,
        );
      return [60, 30, 0].map(
        (ago, index) =>
          `istio_requests_total{${labels.join()}} ${index} ${now - ago}`,
      );
    });
    prometheus = await startPrometheus([...lines, '# EOF', ''].join('\n'));
    return prometheus.url;
  }

  async function remarkIn(namespace: string, url: string) {
    const telemetry = new ClusterTelemetry({
      name: 'demo',
      prometheus: clientOf({ url }, { cacheTtlMs: 0 }),
    });
    await remarkDroppedLabels(telemetry, [{ namespace, name: 'chat' }]);
    return telemetry.source;
  }

  const remarkOf = async (dropped: string[]) =>
    remarkIn('ai', await start({ ai: dropped }));

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

  it('are named whichever it is', async () => {
    const each = Object.keys(LABELS);
    const url = await start(
      Object.fromEntries(each.map((label, index) => [`ai-${index}`, [label]])),
    );
    for (const [index, label] of each.entries()) {
      expect(await remarkIn(`ai-${index}`, url)).toMatchObject({
        status: 'partial',
        message: expect.stringContaining(
          `ai-${index} lack the label ${label}:`,
        ),
      });
    }
  }, 60_000);

  it('are not found where all are there', async () => {
    const source = await remarkOf([]);
    expect(source.status).toBe('ok');
  }, 30_000);
});
