import { known } from '@ai-mesh/plugin-ai-mesh-common';
import {
  describeWithPrometheus,
  RealPrometheus,
  startPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../prometheus/__testUtils__/clientOf';
import type { HttpPrometheusClient } from '../prometheus/HttpPrometheusClient';
import { rateRows } from '../telemetry/RateRow';
import {
  deniedQuery,
  encryptionNowQuery,
  encryptionQuery,
  namespacePlaintextQuery,
} from './encryptionQueries';
import { lookBack, rangeOf } from './LookBack';
import { namespacePlaintext } from './namespacePlaintext';
import { observedCallers, type ObservedCaller } from './observedCallers';

const chat = { namespace: 'ai', name: 'chat' };
const hour = lookBack(3600);

/** A counter, minute by minute over two hours; undefined: the series is not there yet, or no longer. */
type Counter = (minutesAgo: number) => number | undefined;

function series(labels: Record<string, string>, counter: Counter) {
  return {
    labels: {
      reporter: 'destination',
      source_workload_namespace: 'ai',
      destination_service_name: 'chat',
      destination_service_namespace: 'ai',
      destination_workload: 'chat-v1',
      destination_workload_namespace: 'ai',
      response_code: '200',
      ...labels,
    },
    counter,
  };
}

const requests = [
  series(
    {
      source_workload: 'gateway',
      source_principal: 'spiffe://cluster.local/ns/ai/sa/gateway',
      connection_security_policy: 'mutual_tls',
    },
    ago => 12_000 - ago * 60,
  ),
  // The caller's own report does not know, and must not count.
  series(
    {
      source_workload: 'gateway',
      connection_security_policy: 'unknown',
      reporter: 'source',
    },
    ago => 12_000 - ago * 60,
  ),
  // Of these nobody can say: the called side does not tell, or it tells nothing of them at all.
  series(
    { source_workload: 'untold', connection_security_policy: 'unknown' },
    ago => 600 - ago,
  ),
  series(
    {
      source_workload: 'unanswered',
      connection_security_policy: 'unknown',
      reporter: 'source',
    },
    ago => 600 - ago,
  ),
  // Called three times in one go, forty minutes ago, never before and never again.
  series(
    { source_workload: 'nightly', connection_security_policy: 'none' },
    ago => (ago <= 40 ? 3 : undefined),
  ),
  // Stopped before the look-back.
  series(
    { source_workload: 'gone', connection_security_policy: 'none' },
    ago => (ago > 90 ? 1000 - ago : 910),
  ),
  series(
    { source_workload: 'batch', connection_security_policy: 'none' },
    ago => 600 - ago * 5,
  ),
  series(
    {
      source_workload: 'batch',
      connection_security_policy: 'none',
      response_code: '403',
      response_flags: '-',
    },
    ago => 120 - ago,
  ),
  // A namesake elsewhere.
  series(
    {
      source_workload: 'stranger',
      connection_security_policy: 'none',
      destination_service_namespace: 'shop',
      destination_workload_namespace: 'shop',
    },
    ago => 600 - ago * 5,
  ),
];
const bytes = [
  // A connection that has been open since before the look-back.
  series(
    { source_workload: 'pool', connection_security_policy: 'none' },
    ago => 1_000_000 - ago * 1000,
  ),
];
const opened = [
  series(
    { source_workload: 'pool', connection_security_policy: 'none' },
    () => 4,
  ),
];

function openMetrics(now: number): string {
  const lines: string[] = [];
  for (const [name, rows] of Object.entries({
    istio_requests: requests,
    istio_tcp_received_bytes: bytes,
    istio_tcp_connections_opened: opened,
  })) {
    lines.push(`# TYPE ${name} counter`);
    for (const { labels, counter } of rows) {
      const text = Object.entries(labels)
        .map(([label, value]) => `${label}="${value}"`)
        .join(',');
      for (let ago = 120; ago >= 0; ago -= 1) {
        const value = counter(ago);
        if (value !== undefined) {
          lines.push(`${name}_total{${text}} ${value} ${now - ago * 60}`);
        }
      }
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}

describeWithPrometheus('who called, and how, by a real Prometheus', () => {
  let prometheus: RealPrometheus;
  let client: HttpPrometheusClient;
  const at = new Date(Math.floor(Date.now() / 60_000) * 60_000);

  beforeAll(async () => {
    prometheus = await startPrometheus(openMetrics(at.getTime() / 1000));
    client = clientOf(prometheus, { cacheTtlMs: 0 });
  }, 60_000);

  afterAll(() => prometheus?.stop());

  function figuresOf({ mtls }: ObservedCaller) {
    if (mtls.status === 'unknown') {
      throw new Error('It should be known');
    }
    return mtls.value;
  }

  async function observe() {
    const range = await client.queryRange(
      encryptionQuery([chat], hour.stepSeconds)!,
      rangeOf(hour, at),
    );
    const now = await client.query(
      encryptionNowQuery([chat], hour.recentSeconds)!,
    );
    const callers = observedCallers(
      {
        series: known(range.series),
        now: known(rateRows(now)),
        at,
        lookBack: hour,
      },
      chat,
    );
    return Object.fromEntries(
      (callers.status === 'known' ? callers.value : []).map(caller => [
        caller.workload,
        caller,
      ]),
    );
  }

  it('counts what the called side reported, and nothing else', async () => {
    const callers = await observe();
    expect(Object.keys(callers).sort()).toEqual([
      'batch',
      'gateway',
      'nightly',
      'pool',
      'unanswered',
      'untold',
    ]);
    expect(callers.untold.mtls).toMatchObject({ reason: 'no-such-label' });
    expect(callers.unanswered.mtls).toMatchObject({ reason: 'not-exported' });
    expect(callers.gateway).toMatchObject({
      principal: 'cluster.local/ns/ai/sa/gateway',
      mtls: { value: { share: 1, plaintext: 0 } },
    });
    const gateway = figuresOf(callers.gateway);
    expect(gateway.encrypted).toBeGreaterThan(3200);
    expect(gateway.encrypted).toBeLessThan(3700);
    expect(gateway.lastPlaintextAt).toBeUndefined();
    const { plaintextPerSecond, lastPlaintextAt } = figuresOf(callers.batch);
    expect(plaintextPerSecond).toMatchObject({ status: 'known' });
    expect(lastPlaintextAt).toBe(at.toISOString());
  });

  it('sees requests that only the first sample of a series tells of', async () => {
    const mtls = figuresOf((await observe()).nightly);
    expect(mtls.plaintext).toBe(3);
    const last = new Date(mtls.lastPlaintextAt!).getTime();
    const seconds = (at.getTime() - last) / 1000;
    expect(seconds).toBeGreaterThan(40 * 60 - 2 * hour.stepSeconds);
    expect(seconds).toBeLessThanOrEqual(40 * 60);
  });

  it('counts a connection that is older than the look-back as one', async () => {
    expect(figuresOf((await observe()).pool)).toMatchObject({
      plaintext: 1,
      plaintextConnections: 1,
    });
  });

  it('says what a whole namespace got in plaintext, and since when it is known', async () => {
    const { series: found } = await client.queryRange(
      namespacePlaintextQuery(['ai'], hour.stepSeconds)!,
      rangeOf(hour, at),
    );
    const answer = namespacePlaintext(known(found), 'ai');
    if (answer.status !== 'known') {
      throw new Error('It should be known');
    }
    expect(
      [...new Set(answer.value.calls.map(call => call.callerWorkload))].sort(),
    ).toEqual(['batch', 'nightly', 'pool']);
    const since = (at.getTime() - answer.value.since!.getTime()) / 1000;
    expect(since).toBeGreaterThan(3600 - 3 * hour.stepSeconds);
  });

  it('finds the callers that got a 403', async () => {
    const { series: found } = await client.queryRange(
      deniedQuery([chat], hour.stepSeconds)!,
      rangeOf(hour, at),
    );
    expect(found.map(({ labels }) => labels.source_workload)).toEqual([
      'batch',
    ]);
  });
});

describe('without a service', () => {
  it('asks nothing', () => {
    expect(encryptionQuery([], 300)).toBeUndefined();
    expect(namespacePlaintextQuery([], 300)).toBeUndefined();
    expect(deniedQuery([], 300)).toBeUndefined();
  });
});

describe('the look-back', () => {
  it.each([
    [7 * 86_400, 900, 900],
    [86_400, 300, 300],
    [600, 60, 300],
    [120, 15, 60],
  ])('of %d s is cut into steps of %d s', (seconds, step, recent) => {
    expect(lookBack(seconds)).toEqual({
      seconds,
      stepSeconds: step,
      recentSeconds: recent,
    });
  });
});
