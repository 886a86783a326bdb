import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSettings } from './readSettings';

const thumbsDown = {
  name: 'thumbs-down',
  title: { en: 'Thumbs down', zh: '差评率' },
  kind: 'share',
  bad: 'votes_total{vote="no",{{selector}}}',
  all: 'votes_total{ {{selector}} }',
  rollBackAbove: 0.3,
  advanceBelow: 0.2,
};

const score = {
  name: 'score',
  title: { en: 'Score' },
  kind: 'value',
  query: 'avg(score{ {{selector}} })',
  better: 'higher',
  rollBack: { bound: 0.5 },
  advance: { bound: 0.7 },
};

function read(...gates: JsonObject[]) {
  return readSettings(new ConfigReader({ aiMesh: { canary: { gates } } }))
    .canary.gates;
}

describe('aiMesh.canary.gates', () => {
  it('are there by themselves, optional, for what AI services are known to export', () => {
    expect(
      read().map(({ name, use, ifMissing }) => [name, use, ifMissing]),
    ).toEqual(
      [
        'thumbs-down',
        'evaluation-score',
        'cut-off',
        'guardrail-refusals',
        'empty-answers',
        'fallback-answers',
        'pool-queue',
        'pool-cache',
      ].map(name => [name, 'optional', 'not-applicable']),
    );
  });

  it('replace a built-in one of the same name, and hold where their series are missing', () => {
    const gates = read(thumbsDown, score);
    expect(gates).toHaveLength(9);
    expect(gates[0]).toMatchObject({
      name: 'thumbs-down',
      ifMissing: 'hold',
      leastCount: 20,
      bounds: {
        rollBackAbove: 0.3,
        advanceBelow: 0.2,
        nonInferiorityMargin: 0.05,
      },
    });
  });

  it('have another key when their queries change, and none when their bounds do', () => {
    const [before] = read(thumbsDown);
    const [bounds] = read({ ...thumbsDown, rollBackAbove: 0.4 });
    const [queries] = read({
      ...thumbsDown,
      bad: 'votes_total{vote="down",{{selector}}}',
    });
    const keyOf = (gate: object) => (gate as { key?: string }).key;
    expect(keyOf(bounds)).toBe(keyOf(before));
    expect(keyOf(queries)).not.toBe(keyOf(before));
  });

  it.each<[string, JsonObject, string]>([
    [
      'no place holder',
      { ...thumbsDown, bad: 'votes_total{vote="no"}' },
      "aiMesh.canary.gates[0].bad is not usable as a gate's query: the query cannot be used: it asks for votes_total of all versions",
    ],
    [
      'two queries',
      { ...score, query: 'avg(a{ {{selector}} }) ; avg(b{ {{selector}} })' },
      "aiMesh.canary.gates[0].query is not usable as a gate's query: the query cannot be used: it is not PromQL at character 24",
    ],
    [
      'a calculation where a counter is to be',
      { ...thumbsDown, all: 'votes_total{ {{selector}} } * 2' },
      'aiMesh.canary.gates[0].all is not usable',
    ],
    [
      'neither bad nor good',
      { ...thumbsDown, bad: undefined },
      'aiMesh.canary.gates[0].bad must be there, or good in its place',
    ],
    [
      'both bad and good',
      { ...thumbsDown, good: thumbsDown.all },
      'aiMesh.canary.gates[0].bad must be there, or good in its place',
    ],
    [
      'a bound in percent',
      { ...thumbsDown, rollBackAbove: 30 },
      'aiMesh.canary.gates[0].rollBackAbove must be a ratio between 0 and 1',
    ],
    [
      'bounds the wrong way round',
      { ...thumbsDown, advanceBelow: 0.5 },
      'aiMesh.canary.gates[0].advanceBelow must not be above rollBackAbove',
    ],
    [
      'bounds the wrong way round for what should be high',
      { ...score, advance: { bound: 0.4 } },
      'aiMesh.canary.gates[0].advance must not be worse than rollBack',
    ],
    [
      'no bound',
      { ...score, rollBack: {} },
      'aiMesh.canary.gates[0].rollBack must have a bound',
    ],
    [
      "a name of the requests' gates",
      { ...score, name: 'error-rate' },
      'aiMesh.canary.gates[0].name must be another name',
    ],
    [
      'a name that is none',
      { ...score, name: 'Daumen runter' },
      'aiMesh.canary.gates[0].name must be small letters',
    ],
    [
      'a kind that there is not',
      { ...score, kind: 'median' },
      'aiMesh.canary.gates[0].kind',
    ],
    [
      'a misspelt key',
      { ...score, betterr: 'higher' },
      'aiMesh.canary.gates[0].betterr is not a setting',
    ],
  ])('refuse %s by name', (_, gate, message) => {
    expect(() => read(JSON.parse(JSON.stringify(gate)))).toThrow(message);
  });

  it('refuse two of one name', () => {
    expect(() => read(score, score)).toThrow(
      "aiMesh.canary.gates[1].name must be a name of its own: another gate is called 'score' too",
    );
  });
});
