import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import {
  demoApi,
  encryption,
  overview,
  renderTab,
  TAB,
  traffic,
  unknownTraffic,
} from '../../__testUtils__';
import { sparklineShape } from './sparklineShape';

const show = (change: Partial<Overview> = {}) =>
  renderTab('/overview', {
    api: demoApi({
      overview: jest.fn().mockImplementation(async () => overview(change)),
    }),
  });

const tile = (name: string) => screen.findByRole('region', { name });

describe('the traffic tile', () => {
  it('says what each of several clusters contributes', async () => {
    await show({
      traffic: {
        ...overview().traffic,
        clusters: [
          { cluster: 'east', traffic: traffic(60) },
          { cluster: 'west', traffic: unknownTraffic('source-unreachable') },
        ],
      },
    });
    const list = within(await tile('Traffic')).getByRole('list', {
      name: 'Traffic by cluster',
    });
    expect(list).toHaveTextContent(/east: .* req\/s/);
    expect(list).toHaveTextContent('west: unknown, unknown failed');
  });

  const of = (total: Overview['traffic']['total']): Partial<Overview> => ({
    traffic: { ...overview().traffic, total },
  });

  it('shows figures, a sparkline with its shape in words, a sentence and the ways on', async () => {
    await show();
    const traffics = await tile('Traffic');
    expect(traffics).toHaveTextContent('Healthy');
    expect(
      within(traffics).getByRole('button', { name: 'p95 latency: 2.3 sec' }),
    ).toBeVisible();
    expect(
      await within(traffics).findByRole('img', {
        name: /^Requests per second over the last hour: now .* req\/s, between 7 req\/s and 13 req\/s\. 8\.3% of the hour has no measurement\.$/,
      }),
    ).toBeVisible();
    expect(traffics).toHaveTextContent(
      'Over the last 5 minutes 0.4% of 3,720 requests failed.',
    );
    expect(
      within(traffics).getByRole('link', { name: 'See the topology' }),
    ).toHaveAttribute('href', `${TAB}/topology?window=5m`);
  });

  it.each<[string, Partial<Overview>]>([
    ['Over the last 5 minutes none of 300 requests failed.', of(traffic(1))],
    [
      'Nobody called it in the last 5 minutes; whether it works is not known.',
      of(unknownTraffic('no-traffic')),
    ],
    [
      'Nobody called it in the last 5 minutes; whether it works is not known.',
      of({
        ...unknownTraffic('no-traffic'),
        requestCount: traffic(0).requestCount,
      }),
    ],
    [
      'How much traffic there is cannot be told: The source of this value did not answer. Start Prometheus.',
      of(unknownTraffic('source-unreachable', 'Start Prometheus.')),
    ],
    [
      'There were 300 requests in the last 5 minutes; how many failed is not known.',
      of({ ...traffic(1), errorRatio: unknown('no-such-label') }),
    ],
  ])('says "%s"', async (sentence, change) => {
    await show(change);
    expect(await tile('Traffic')).toHaveTextContent(sentence);
  });

  it('says why there is no history', async () => {
    await show({
      traffic: {
        ...overview().traffic,
        sparkline: unknown('source-unreachable'),
      },
    });
    expect(
      await screen.findByText(
        'No history: The source of this value did not answer.',
      ),
    ).toBeVisible();
  });
});

describe('the mTLS tile', () => {
  const of = (
    observed: Overview['mtls']['observed'],
    plaintextCallers: Overview['mtls']['plaintextCallers'] = [],
  ): Partial<Overview> => ({ mtls: { observed, plaintextCallers } });

  it('names who calls in plaintext, and leads to those calls', async () => {
    await show();
    const mtls = await tile('Mutual TLS');
    expect(mtls).toHaveTextContent('Partly plaintext');
    expect(mtls).toHaveTextContent('ai-services/nightly-report0.5 calls/s');
    expect(
      within(mtls).getByRole('link', { name: 'See the plaintext calls' }),
    ).toHaveAttribute('href', `${TAB}/topology?window=5m&show=plaintext`);
  });

  it.each<[string, string, Partial<Overview>]>([
    [
      'Encrypted',
      'Everything that arrived in the last 5 minutes was encrypted.',
      of(encryption(12)),
    ],
    [
      'Plaintext',
      'Nothing that arrived in the last 5 minutes was encrypted.',
      of(encryption(0, 12)),
    ],
    [
      'Partly plaintext',
      '0.01 calls/s arrived in plaintext, beside 12 calls/s encrypted.',
      of(encryption(12, 0.01)),
    ],
    [
      'Unknown',
      'Whether calls are encrypted cannot be told: Nothing happened in the window, so there is no value.',
      of(unknown('no-traffic')),
    ],
  ])('says %s: %s', async (word, sentence, change) => {
    await show(change);
    const mtls = await tile('Mutual TLS');
    expect(mtls).toHaveTextContent(word);
    expect(mtls).toHaveTextContent(sentence);
  });

  it('never says 100% while anything arrives in plaintext', async () => {
    await show(of(encryption(12, 0.0001)));
    expect(
      await screen.findByRole('button', { name: 'Encrypted: >99.9%' }),
    ).toBeVisible();
  });
});

describe('the canary tile', () => {
  it.each([
    [{}, 'All 200 running canaries'],
    [{ moreActive: true as const }, 'More than 200 running canaries'],
  ])('says how many are running: %j', async (more, words) => {
    const at = '2026-03-02T10:00:00.000Z';
    const version = { host: 'chat', subset: 'v1' };
    await show({
      canary: known({
        active: 200,
        ...more,
        latest: {
          id: 'c1',
          state: 'requested',
          service: { cluster: 'demo', namespace: 'ai-services', name: 'chat' },
          stable: version,
          canary: { ...version, subset: 'v2' },
          targetPercent: 100,
          next: { action: 'wait-for-approval', message: '' },
          since: at,
          shares: [],
        },
      }),
    });
    expect(
      within(await tile('Canary')).getByRole('link', { name: words }),
    ).toBeVisible();
  });
});

describe('the rest of the overview', () => {
  it('says which services belong to the entity, by what, and from which sources', async () => {
    await show();
    const services = await screen.findByRole('table', {
      name: 'Services of this entity',
    });
    expect(
      within(services).getByRole('row', { name: /ai-chat-service/ }),
    ).toHaveTextContent('ai-chat-serviceai-servicesdemo');
    expect(
      screen.getByText(
        'Found by ai-mesh.io/service: ai-services/ai-chat-service',
      ),
    ).toBeVisible();
    const sources = screen.getByRole('table', { name: 'Sources' });
    expect(
      within(sources).getByRole('row', { name: /Prometheus/ }),
    ).toHaveTextContent(/Prometheusdemo.*Answered.*ago/);
    expect(
      within(sources).getByRole('row', { name: /Kiali/ }),
    ).toHaveTextContent('Not configured–');
  });
});

describe('sparklineShape', () => {
  const at = '2026-03-02T10:00:00.000Z';
  const history = (...rates: Array<number | null>) =>
    rates.map(requestsPerSecond => ({
      at,
      requestsPerSecond,
      errorRatio: null,
    }));

  it.each([
    [history(), undefined],
    [history(null, null), undefined],
    [history(0, 0), { now: 0, low: 0, high: 0, gaps: 0 }],
    [history(1, 3, 2, null), { now: 2, low: 1, high: 3, gaps: 0.25 }],
  ])('%# is %j', (points, shape) => {
    expect(sparklineShape(points)).toEqual(shape);
  });
});
