import {
  known,
  unknown,
  type BreakerSettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import { STATISTIC_LABEL, type BreakerRow } from './breakerStats';
import type { RateRow } from './RateRow';
import { readBreaker, type BreakerEvidence } from './readBreaker';

const settings: BreakerSettings = {
  object: {
    cluster: 'c',
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    namespace: 'ai',
    name: 'chat',
  },
  connectionPool: { http1MaxPendingRequests: 50 },
};

function stat(statistic: string, value: number): BreakerRow {
  return { labels: { [STATISTIC_LABEL]: statistic }, value };
}

function request(flags: string | undefined, rate: number): RateRow {
  return {
    labels: {
      reporter: 'source',
      ...(flags !== undefined && { response_flags: flags }),
    },
    rate,
  };
}

function read(evidence: Partial<BreakerEvidence>) {
  return readBreaker({
    settings: [settings],
    statistics: known([]),
    requests: known([request('-', 5)]),
    endpoints: known({ ready: 2, total: 2 }),
    ...evidence,
  });
}

describe('readBreaker', () => {
  it.each([
    ['no settings', []],
    ['load balancing only', [{ ...settings, connectionPool: {} }]],
    [
      'time limits only',
      [{ ...settings, connectionPool: { connectTimeoutMs: 5000 } }],
    ],
  ])('is not configured with %s', (_, all) => {
    expect(read({ settings: all })).toMatchObject({
      status: 'not-configured',
      evidence: 'none',
    });
  });

  it('does not call it not configured when DestinationRules cannot be read', () => {
    expect(read({ settings: undefined }).status).toBe('unknown');
  });

  describe("with Envoy's statistics", () => {
    it.each<[string, BreakerRow[], string]>([
      ['nothing rejected', [stat('rq_pending_overflow', 0)], 'closed'],
      ['no limit reached', [stat('rq_open', 0)], 'closed'],
      ['a limit reached', [stat('rq_pending_open', 1)], 'open'],
      ['requests rejected', [stat('rq_pending_overflow', 0.5)], 'open'],
      [
        'hosts ejected',
        [stat('rq_pending_overflow', 0), stat('ejections_active', 2)],
        'ejecting',
      ],
      [
        'rejections while hosts are ejected',
        [stat('rq_pending_overflow', 1), stat('ejections_active', 2)],
        'open',
      ],
      [
        'only that no host is ejected',
        [stat('ejections_active', 0)],
        'unknown',
      ],
    ])('with %s', (_, rows, status) => {
      expect(read({ statistics: known(rows) })).toMatchObject({
        status,
        evidence: 'envoy-stats',
      });
    });

    it('gives figures, and says which of them are not exported', () => {
      expect(
        read({
          statistics: known([
            stat('ejections_active', 1),
            stat('ejections_active', 3),
          ]),
        }),
      ).toMatchObject({
        ejectedHosts: known(3),
        overflowPerSecond: { status: 'unknown', reason: 'not-exported' },
      });
    });
  });

  describe("without Envoy's statistics", () => {
    it.each<[string, Partial<BreakerEvidence>, string]>([
      ['traffic without rejections', {}, 'closed'],
      [
        'overflow',
        { requests: known([request('UO', 1), request('-', 9)]) },
        'open',
      ],
      [
        'no host left although endpoints are ready',
        { requests: known([request('UH', 1)]) },
        'ejecting',
      ],
      [
        'no host left and no endpoint ready',
        {
          requests: known([request('UH', 1)]),
          endpoints: known({ ready: 0, total: 2 }),
        },
        'unknown',
      ],
      ['no traffic', { requests: known([request('-', 0)]) }, 'unknown'],
      ['no flags', { requests: known([request(undefined, 5)]) }, 'unknown'],
      [
        'reports of the called side only',
        {
          requests: known([
            {
              labels: { reporter: 'destination', response_flags: '-' },
              rate: 5,
            },
          ]),
        },
        'unknown',
      ],
      [
        'Prometheus away',
        { requests: unknown('source-unreachable', 'No answer.') },
        'unknown',
      ],
    ])('with %s', (_, evidence, status) => {
      expect(read(evidence).status).toBe(status);
    });

    it('knows what was rejected but not what is ejected, and says how to get it', () => {
      expect(
        read({ requests: known([request('UO', 1), request('-', 9)]) }),
      ).toMatchObject({
        evidence: 'response-flags',
        overflowPerSecond: known(1),
        ejectedHosts: { status: 'unknown', reason: 'not-exported' },
      });
      expect(read({}).message).toContain('proxyStatsMatcher');
    });

    it('does not blame the export when the query failed', () => {
      expect(
        read({ statistics: unknown('source-unreachable', 'Too late.') })
          .message,
      ).toContain('Too late.');
    });
  });
});
