import {
  chinese,
  inLanguage,
  unknown,
  wording,
  type WorstSlo,
} from '@ai-mesh/plugin-ai-mesh-common';
import { brief, call, node, outageOf } from './__testUtils__/outages';
import { judgedByObjective } from './judgedByObjective';

const worst = (change: Partial<WorstSlo> = {}): WorstSlo => ({
  model: 'gpt-4o',
  objective: 'Availability',
  target: 0.995,
  periodSeconds: 2_592_000,
  budgetLeft: unknown('no-traffic'),
  alert: 'page',
  indicator: 'availability',
  lowTraffic: false,
  budgetOverTime: unknown('no-traffic'),
  ...change,
});

const chat = node('chat', { errors: 0.004 });

describe('judgedByObjective', () => {
  it.each<[string, Partial<WorstSlo>, string]>([
    ['fails what pages', {}, 'failing'],
    ['finds slow where latency pages', { indicator: 'latency' }, 'slow'],
    ['degrades by a ticket', { alert: 'ticket' }, 'degraded'],
    ['leaves alone what keeps its promise', { alert: 'ok' }, 'healthy'],
    ['leaves alone what had few events', { lowTraffic: true }, 'healthy'],
    [
      'degrades nothing by days of which minutes are known',
      { alert: 'ticket', youngWithinSeconds: 600 },
      'healthy',
    ],
    ['fails what pages, however young', { youngWithinSeconds: 600 }, 'failing'],
    ['leaves alone what is not known', { alert: 'unknown' }, 'healthy'],
    ['leaves alone what is on another cluster', { cluster: 'd' }, 'healthy'],
  ])('%s', (_, change, status) => {
    const [judged] = judgedByObjective([chat], worst(change));
    expect(judged.health.status).toBe(status);
    expect(judged.objective !== undefined).toBe(status !== 'healthy');
  });

  it('says which objective, in both languages', () => {
    const [{ health, objective }] = judgedByObjective([chat], worst());
    expect(objective).toEqual({
      name: 'Availability',
      model: 'gpt-4o',
      target: 0.995,
      alert: 'page',
    });
    expect(health.message).toBe(
      '0.4% of 3,000 requests failed. Its objective Availability (gpt-4o) of 99.5% burns its error budget so fast that it pages.',
    );
    expect(inLanguage(health.words!, chinese)).toContain(
      '“Availability（gpt-4o）”（99.5%）',
    );
  });

  it.each([
    ['gpt-4o', 'Availability (gpt-4o)', '“可用性（gpt-4o）”'],
    ['', 'Availability', '“可用性”'],
  ])(
    'calls by its name in each language what the portal named: %s',
    (model, english, other) => {
      const [{ health }] = judgedByObjective(
        [chat],
        worst({ model, nameWords: [wording('objective.availability')] }),
      );
      expect(health.message).toContain(`Its objective ${english} of 99.5%`);
      expect(inLanguage(health.words!, chinese)).toContain(other);
    },
  );

  it('never makes it better than its traffic says, and judges no neighbour', () => {
    const failing = node('chat', { errors: 0.3 });
    const neighbour = node('llm', {}, { relation: 'provider' });
    expect(
      judgedByObjective([failing, neighbour], worst({ alert: 'ticket' })),
    ).toEqual([failing, neighbour]);
    expect(judgedByObjective([chat], undefined)).toEqual([chat]);
  });

  it('is where it may start to hurt, unless a provider fails it', () => {
    const judged = judgedByObjective([chat], worst());
    expect(outageOf(judged, [])).toMatchObject({
      origins: [{ node: 'chat', confidence: 'possible' }],
    });
    const llm = node('llm', { errors: 0.2 }, { relation: 'provider' });
    expect(
      brief([...judged, llm], [call('chat>llm', { errors: 0.2 })]),
    ).toEqual({ origins: ['llm'], suffering: ['chat'] });
  });
});
