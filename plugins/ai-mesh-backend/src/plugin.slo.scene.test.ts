import { execFile } from 'child_process';
import { promisify } from 'util';
import {
  slosSchema,
  type Measured,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  clusterOn,
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

const value = <T>(measured: Measured<T>) =>
  measured.status === 'known' ? measured.value : undefined;

describeWithPrometheus('the scene slow-provider', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: Portal;

  beforeAll(async () => {
    // Ten seconds in one: an objective of 99 % needs some hundred requests.
    sandbox = await startSandbox(['--speed', '10']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          prometheus: { url: prometheus.url, cacheTtl: '0s' },
        }),
      ],
      [
        component('gateway', {
          'ai-mesh.io/service': 'ai-services/llm-gateway-service',
        }),
      ],
      {
        slo: {
          objectives: [
            {
              latency: {
                targetPercent: 99,
                threshold: { milliseconds: 10240 },
              },
            },
          ],
        },
      },
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  async function swiftChat(): Promise<ObjectiveStatus | undefined> {
    const response = await portal.read('gateway/slos?window=1h');
    const { models } = slosSchema.parse(response.body);
    return models.find(({ model }) => model === 'swift-chat-3.5')
      ?.objectives[0];
  }

  /** The burn rate, by Prometheus' own tool and a query written by hand. */
  async function byPromtool(window: string): Promise<number> {
    const buckets = (le: string) =>
      `sum(increase(gen_ai_client_operation_duration_seconds_bucket{pod=~"llm-gateway-service-.*",gen_ai_request_model="swift-chat-3.5",le="${le}"}[${window}]))`;
    const { stdout } = await promisify(execFile)('promtool', [
      'query',
      'instant',
      prometheus.url,
      `(1 - ${buckets('10.24')} / ${buckets('+Inf')}) / (1 - 0.99)`,
    ]);
    return Number(/=> (\S+) @/.exec(stdout)?.[1]);
  }

  it('moves the burn rate and the alert as the arithmetic says', async () => {
    const calm = await until(
      swiftChat,
      status => (status && value(status.events)! > 200) ?? false,
      90_000,
    );
    expect(calm!.objective.indicator).toMatchObject({ exact: true });
    expect(calm!.alert).toBe('ok');
    const before = value(calm!.burnRates[0].short)!;
    expect(before).toBeLessThan(14.4);

    const scene = await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'slow-provider' }),
    });
    expect(scene.status).toBe(200);
    const slow = await until(
      swiftChat,
      // The pair with the lower factor, 6, pages some scrapes earlier.
      status => status?.burnRates[0].state === 'firing',
      120_000,
    );
    const [page] = slow!.burnRates;
    expect(slow!.alert).toBe('page');
    expect(value(page.short)).toBeGreaterThan(14.4);
    expect(value(page.short)).toBeGreaterThan(before);

    // A scrape lies between the questions: the nearest of some tries counts.
    const differences: number[] = [];
    for (let attempt = 0; attempt < 5; attempt++) {
      const [status, short, long] = await Promise.all([
        swiftChat(),
        byPromtool('5m'),
        byPromtool('1h'),
      ]);
      const [{ short: ourShort, long: ourLong }] = status!.burnRates;
      differences.push(
        Math.max(
          Math.abs(value(ourShort)! / short - 1),
          Math.abs(value(ourLong)! / long - 1),
        ),
      );
      // The budget is what the rate over the period leaves: 1 - burn rate.
      expect(value(status!.budgetLeft)).toBeLessThan(0);
    }
    expect(Math.min(...differences)).toBeLessThan(0.02);
  });
});
