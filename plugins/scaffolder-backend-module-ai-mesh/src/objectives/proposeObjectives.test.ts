import {
  known,
  unknown,
  type ModelSlos,
  type ObjectiveStatus,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseAllDocuments } from 'yaml';
import { openSloText } from './openSloText';
import { proposeObjectives } from './proposeObjectives';

type Point = ModelSlos['series'][number];

function point(day: number, changes: Partial<Point> = {}): Point {
  return {
    at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
    requestsPerSecond: 1,
    errorRatio: 0,
    p95Ms: 900,
    tokensPerSecond: null,
    costPerHour: null,
    ...changes,
  };
}

const days = (count: number, changes: Partial<Point> = {}) =>
  Array.from({ length: count }, (_, day) => point(day, changes));

function counted(events: number, bad: number): ObjectiveStatus {
  return {
    objective: { indicator: { kind: 'availability' } },
    events: known(events),
    badEvents: known(bad),
  } as ObjectiveStatus;
}

function model(name: string, changes: Partial<ModelSlos> = {}): ModelSlos {
  return { model: name, objectives: [], series: [], ...changes } as ModelSlos;
}

const propose = (models: ModelSlos[], dialect = 'vllm') =>
  proposeObjectives({ models, dialect: { name: dialect } } as Slos);

describe('of success', () => {
  it.each([
    // 0.1 % failed: 99.8 would have half of its budget used up, 99.9 all of it.
    [1_000_000, 1_000, 99.8],
    [1_000_000, 0, 99.99],
    [1_000_000, 40_000, 95],
    [1_000_000, 79, 99.99],
    [1_000_000, 81, 99.95],
  ])('%d requests with %d failures: %d %%', (events, bad, targetPercent) => {
    const [answers] = propose([
      model('swift', { objectives: [counted(events, bad)], series: days(30) }),
    ]);
    expect(answers).toMatchObject({ name: 'swift-answers', targetPercent });
    expect(answers.basis).toContain(`${events} requests in 29 days of history`);
  });

  it('counts from the charted rates where no objective counts', () => {
    const [answers] = propose([
      model('swift', { series: days(3, { errorRatio: 0.01 }) }),
    ]);
    expect(answers).toMatchObject({
      targetPercent: 98,
      basis: '172800 requests in 2 days of history, 99.000% answered',
    });
  });

  it('does not take a gap for requests, or for success', () => {
    const [answers] = propose([
      model('swift', { series: days(3, { errorRatio: null }) }),
    ]);
    expect(answers).toMatchObject({
      targetPercent: 99.5,
      basis: 'a default: no requests could be counted',
    });
  });

  it('promises the default where the requests are too few, and says so', () => {
    const [answers] = propose([
      model('swift', { objectives: [counted(40, 0)], series: days(2) }),
    ]);
    expect(answers).toMatchObject({
      targetPercent: 99.5,
      basis: expect.stringMatching(/^a default: 40 requests .* too few/),
    });
  });

  it('says that a promise is not kept yet where no usual one would be', () => {
    const [answers] = propose([
      model('swift', { objectives: [counted(10_000, 5_000)], series: days(9) }),
    ]);
    expect(answers).toMatchObject({
      targetPercent: 90,
      basis: expect.stringContaining('not kept yet'),
    });
  });

  it('counts a model on two clusters together', () => {
    const [answers] = propose([
      model('swift', { objectives: [counted(9_000, 0)], series: days(9) }),
      model('swift', { objectives: [counted(1_000, 100)], series: days(9) }),
    ]);
    expect(answers).toMatchObject({ targetPercent: 98 });
  });

  it('does not call a model good of which a cluster is not known', () => {
    const away = {
      ...counted(0, 0),
      badEvents: unknown('source-unreachable'),
    } as ObjectiveStatus;
    const [answers] = propose([
      model('swift', { objectives: [counted(9_000, 0)] }),
      model('swift', { objectives: [away] }),
    ]);
    expect(answers.basis).toBe('a default: no requests could be counted');
  });
});

describe('of latency', () => {
  it.each([
    [900, 1.28],
    [1280, 1.28],
    [30_000, 40.96],
    [100_000, 100],
  ])('usually within %d ms: %d s', (p95Ms, thresholdSeconds) => {
    expect(
      propose([model('swift', { series: days(30, { p95Ms }) })])[1],
    ).toMatchObject({
      name: 'swift-is-quick',
      targetPercent: 95,
      thresholdSeconds,
    });
  });

  it('is not led by a single bad hour', () => {
    const series = [...days(30), point(30, { p95Ms: 60_000 })];
    expect(propose([model('swift', { series })])[1].thresholdSeconds).toBe(
      1.28,
    );
  });

  it('says where nothing was measured', () => {
    expect(
      propose([model('swift', { series: days(3, { p95Ms: null }) })])[1],
    ).toMatchObject({
      thresholdSeconds: 30,
      basis: 'a default: no latency could be measured',
    });
  });
});

it('promises of versions nothing that would end with them', () => {
  expect(
    propose([model('v1'), model('v2')], 'istio').map(({ name, model: of }) => [
      name,
      of,
    ]),
  ).toEqual([
    ['answers', undefined],
    ['quick', undefined],
  ]);
});

it('writes documents that name each model as it is, under names that a document may have', () => {
  const models = ['Org/Swift: "chat"\n- x', 'org-swift-chat-x', '***'];
  const text = openSloText(
    'component:default/chat',
    propose(models.map(name => model(name))),
  );
  const documents = parseAllDocuments(text).map(document => document.toJS());
  expect(
    documents.map(({ metadata }) => [
      metadata.name,
      metadata.labels['ai-mesh.io/model'],
    ]),
  ).toEqual([
    ['org-swift-chat-x-answers', models[0]],
    ['org-swift-chat-x-is-quick', models[0]],
    ['org-swift-chat-x-2-answers', models[1]],
    ['org-swift-chat-x-2-is-quick', models[1]],
    ['model-answers', models[2]],
    ['model-is-quick', models[2]],
  ]);
});
