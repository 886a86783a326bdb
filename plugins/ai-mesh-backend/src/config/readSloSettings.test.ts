import { readSloSettings } from './readSloSettings';

const price = {
  model: 'smart-1',
  inputPerMillion: 2,
  outputPerMillion: 8,
  currency: 'EUR',
};

describe('readSloSettings', () => {
  it('promises something of every model where nothing is configured', () => {
    expect(readSloSettings(undefined)).toEqual({
      objectives: [
        {
          models: ['*'],
          periodSeconds: 30 * 86_400,
          availability: { target: 0.995, fallbacksAreBad: false },
          latency: { target: 0.99, thresholdMs: 30_000 },
        },
      ],
      prices: [],
      dialects: [],
      links: [],
      podLabels: { namespace: 'namespace', pod: 'pod' },
      limits: {
        bytes: 100_000,
        lines: 5000,
        nesting: 40,
        keys: 10_000,
        objectives: 200,
        series: 10_000,
        seconds: 1,
      },
      problems: [],
    });
  });

  it('reads objectives, prices, links, labels and dialects', () => {
    const requests = { metrics: ['llm_calls_total'] };
    const settings = readSloSettings({
      objectives: [
        {
          models: ['smart-*'],
          period: '7d',
          availability: { targetPercent: 99, fallbacksAreBad: true },
        },
      ],
      prices: [{ ...price, validFrom: '2026-06-01' }],
      links: [{ title: 'Grafana', url: 'https://g.example/d?ns={namespace}' }],
      podLabels: { pod: 'kubernetes_pod_name' },
      dialects: [
        {
          name: 'ours',
          modelLabels: ['llm'],
          requests,
          errors: {
            kind: 'label',
            counter: requests,
            label: 'ok',
            ok: ['yes'],
          },
        },
      ],
    });
    expect(settings.problems).toEqual([]);
    expect(settings).toMatchObject({
      objectives: [
        {
          models: ['smart-*'],
          periodSeconds: 7 * 86_400,
          availability: { target: 0.99, fallbacksAreBad: true },
        },
      ],
      prices: [{ ...price, validFrom: new Date('2026-06-01') }],
      podLabels: { namespace: 'namespace', pod: 'kubernetes_pod_name' },
      dialects: [{ name: 'ours', providerLabels: [] }],
    });
  });

  it.each([
    [
      'a typo in a price',
      { prices: [price, { ...price, inputPerMilion: 2 }] },
      "aiMesh.slo.prices[1].inputPerMilion is not a setting; did you mean 'inputPerMillion'?",
    ],
    [
      'a price that is no number',
      { prices: [{ ...price, inputPerMillion: '2 EUR' }] },
      'aiMesh.slo.prices[0].inputPerMillion must be a number',
    ],
    [
      'a negative price',
      { prices: [{ ...price, inputPerMillion: -2 }] },
      'aiMesh.slo.prices[0].inputPerMillion',
    ],
    [
      'a currency in words',
      { prices: [{ ...price, currency: 'Euro' }] },
      'aiMesh.slo.prices[0].currency must be a currency of three letters',
    ],
    [
      'a day in words',
      { prices: [{ ...price, validFrom: 'yesterday' }] },
      'aiMesh.slo.prices[0].validFrom must be a day such as 2026-01-01',
    ],
    [
      'prices that are no list',
      { prices: price },
      'aiMesh.slo.prices must be an array',
    ],
    [
      'a promise of 100%',
      { objectives: [{ availability: { targetPercent: 100 } }] },
      'aiMesh.slo.objectives[0].availability.targetPercent must be above 0 and below 100',
    ],
    [
      'a typo in an objective',
      { objectives: [{ latency: { targetPercent: 99, treshold: '3s' } }] },
      "aiMesh.slo.objectives[0].latency.treshold is not a setting; did you mean 'threshold'?",
    ],
    [
      'a period of a minute',
      { objectives: [{ period: '1m' }] },
      'aiMesh.slo.objectives[0].period must be between an hour and a year',
    ],
    [
      'a typo in the section',
      { price: [] },
      "aiMesh.slo.price is not a setting; did you mean 'prices'?",
    ],
    [
      'a link to something else than the web',
      { links: [{ title: 'x', url: 'ftp://files.example' }] },
      'aiMesh.slo.links[0].url must begin with https://',
    ],
    [
      'a metric that is no name',
      {
        dialects: [
          {
            name: 'ours',
            modelLabels: ['llm'],
            requests: { metrics: ['a} or up{'] },
            errors: { kind: 'istio' },
          },
        ],
      },
      'aiMesh.slo.dialects[0].requests.metrics[0] must be the name of a Prometheus metric',
    ],
    ['a section that is no map', 'none', 'aiMesh.slo must be an object'],
  ])('names the place of %s, and reads the rest', (_name, slo, message) => {
    const settings = readSloSettings(slo);
    expect(settings.problems.join('\n')).toContain(message);
    expect(settings.podLabels.pod).toBe('pod');
  });

  it('loses one bad price and no other', () => {
    const { prices } = readSloSettings({
      prices: [{ ...price, inputPerMillion: 'x' }, price],
    });
    expect(prices).toHaveLength(1);
  });
});
