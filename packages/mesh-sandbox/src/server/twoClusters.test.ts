import { builtInWorld } from '../world';
import { RunningMeshSandbox, startMeshSandbox } from './startMeshSandbox';

/** Time stands still but for the test's own ticks. */
const FROZEN = { speed: 0.0001 };

let sandbox: RunningMeshSandbox;

beforeEach(async () => {
  sandbox = await startMeshSandbox({
    ...FROZEN,
    world: builtInWorld('two-clusters'),
  });
});

afterEach(() => sandbox.stop());

type Series = Record<string, string> & { value: string };

function play(seconds: number) {
  for (let i = 0; i < seconds; i += 1) {
    sandbox.tick();
  }
}

/** What a cluster's Prometheus would scrape of a metric. */
async function scraped(cluster: string, metric: string): Promise<Series[]> {
  const { metrics } = sandbox.clusters.find(({ name }) => name === cluster)!;
  const text = await (await fetch(metrics)).text();
  return text
    .split('\n')
    .filter(line => line.startsWith(`${metric}{`))
    .map(line => ({
      ...Object.fromEntries(
        [...line.matchAll(/[{,](\w+)="((?:[^"\\]|\\.)*)"/g)].map(
          ([, name, value]) => [name, value],
        ),
      ),
      value: line.slice(line.lastIndexOf(' ') + 1),
    }));
}

function total(series: Series[], match: Record<string, string>): number {
  return series
    .filter(one =>
      Object.entries(match).every(([name, value]) => one[name] === value),
    )
    .reduce((sum, { value }) => sum + Number(value), 0);
}

const crossing = {
  source_workload: 'ai-orchestrator',
  source_cluster: 'west',
  destination_cluster: 'east',
  destination_service_name: 'ai-chat-service',
};

describe('a mesh of two clusters', () => {
  it('has an API server for each, with objects of its own', async () => {
    const names = await Promise.all(
      sandbox.clusters.map(async ({ kubernetes, tokens }) => {
        const answer = await fetch(
          `${kubernetes}/apis/apps/v1/namespaces/ai-services/deployments`,
          { headers: { authorization: `Bearer ${tokens.reader}` } },
        );
        const { items } = await answer.json();
        return items.map(
          ({ metadata }: { metadata: { name: string } }) => metadata.name,
        );
      }),
    );
    expect(sandbox.clusters.map(({ name }) => name)).toEqual(['east', 'west']);
    expect(names[0]).toContain('llm-gateway-service');
    expect(names[1]).not.toContain('llm-gateway-service');
  });

  it('reports a crossing call at its source in the one, at its destination in the other', async () => {
    play(30);
    const [east, west] = [
      await scraped('east', 'istio_requests_total'),
      await scraped('west', 'istio_requests_total'),
    ];
    const atSource = total(west, { ...crossing, reporter: 'source' });
    expect(atSource).toBeGreaterThan(50);
    // An answer that is on its way back has been reported where it comes from alone.
    const atDestination = total(east, { ...crossing, reporter: 'destination' });
    expect(atDestination - atSource).toBeGreaterThanOrEqual(0);
    expect(atDestination - atSource).toBeLessThan(5);
    expect(total(east, { ...crossing, reporter: 'source' })).toBe(0);
    expect(total(west, { ...crossing, reporter: 'destination' })).toBe(0);
  });

  it('leads crossing calls, and no others, over the east-west gateway', async () => {
    play(30);
    const opened = await scraped('east', 'istio_tcp_connections_opened_total');
    const gateway = opened.filter(
      one => one.source_workload === 'istio-eastwestgateway',
    );
    expect(
      total(gateway, { destination_service_name: 'ai-chat-service' }),
    ).toBeGreaterThan(50);
    // What the mesh's settings keep in its cluster never crosses.
    expect(
      total(gateway, { destination_service_name: 'ai-orchestrator' }),
    ).toBe(0);
  });

  it("can fail the canary for the other cluster's callers alone", async () => {
    expect(sandbox.stage.play('bad-canary-for-west')).toBeDefined();
    play(120);
    const series = (await scraped('east', 'istio_requests_total')).filter(
      one =>
        one.destination_workload === 'ai-chat-service-v2' &&
        one.destination_service_name === 'ai-chat-service',
    );
    const errors = (cluster: string, reporter: string) => {
      const from = { source_cluster: cluster, reporter };
      return (
        total(series, { ...from, response_code: '500' }) / total(series, from)
      );
    };
    expect(errors('west', 'destination')).toBeGreaterThan(0.4);
    expect(errors('east', 'destination')).toBeLessThan(0.1);
    expect(errors('east', 'source')).toBeLessThan(0.1);
    expect(
      series.some(
        one => one.source_cluster === 'west' && one.reporter === 'source',
      ),
    ).toBe(false);
  });

  it('fails to connect where the gateway is away', async () => {
    sandbox.stage.play('east-west-gateway-away');
    play(10);
    const failed = (await scraped('west', 'istio_requests_total')).filter(
      one =>
        one.destination_service_name === 'ai-chat-service' &&
        one.response_flags.includes('UF'),
    );
    expect(failed).not.toEqual([]);
  });

  it('can lose one API server and keep the other', async () => {
    sandbox.stage.play('west-away');
    const [east, west] = sandbox.clusters;
    expect((await fetch(`${east.kubernetes}/version`)).status).toBe(200);
    await expect(fetch(`${west.kubernetes}/version`)).rejects.toThrow();
  });

  it('offers scenes that it can play, and no others', () => {
    const names = sandbox.stage.scenes.map(({ name }) => name);
    expect(names).toContain('bad-canary-for-west');
    expect(names).not.toContain('plaintext-stops');
  });
});
