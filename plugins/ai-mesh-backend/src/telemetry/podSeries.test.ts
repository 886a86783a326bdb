import fc from 'fast-check';
import type { Expr } from '../prometheus/promql';
import { couldShareAPod, isOfPods, withWorkload } from './podSeries';

describe('pods of a workload, by their names', () => {
  it.each([
    ['Deployment', 'chat-7d9f8b6c4d-x2v5k', true],
    ['Deployment', 'chat-v2-7d9f8b6c4d-x2v5k', false],
    ['Rollout', 'chat-7d9f8b6c4d-x2v5k', true],
    ['Rollout', 'chat-v2-7d9f8b6c4d-x2v5k', false],
    ['StatefulSet', 'chat-0', true],
    ['StatefulSet', 'chat-7d9f8b6c4d-x2v5k', false],
    ['DaemonSet', 'chat-x2v5k', true],
    ['ReplicaSet', 'chat-x2v5k', true],
    ['Job', 'chat-x2v5k', true],
    ['Job', 'chat-3-x2v5k', true],
    ['CronJob', 'chat-29412345-x2v5k', true],
    ['CronJob', 'chat-29412345-3-x2v5k', true],
    ['CronJob', 'chat-v2-29412345-x2v5k', false],
    ['DeploymentConfig', 'chat-3-x2v5k', true],
    ['Pod', 'chat', true],
    ['Pod', 'chat-0', false],
    ['CloneSet', 'chat-x2v5k', true],
    ['CloneSet', 'chat-2', true],
    ['CloneSet', 'chat-v2-x2v5k', false],
  ])('%s chat: %s is %s', (kind, pod, expected) => {
    const isIts = isOfPods([{ kind, namespace: 'ai', name: 'chat' }]);
    expect(isIts({ labels: { namespace: 'ai', pod } })).toBe(expected);
    expect(isIts({ labels: { namespace: 'other', pod } })).toBe(false);
  });
});

describe('the workload of a series, by its pod’s name', () => {
  const deployment = (name: string) => ({
    kind: 'Deployment',
    namespace: 'ai',
    name,
  });
  const question = (...workloads: Parameters<typeof withWorkload>[1]) =>
    withWorkload('up' as Expr, workloads);
  const regexOf = (promql: string) =>
    new RegExp(
      `^(?:${JSON.parse(/("(?:[^"\\]|\\.)*")\)$/.exec(promql)![1])})$`,
    );

  it.each([
    ['chat-7d9f8b6c4d-x2v5k', 'chat'],
    ['chat-v2-7d9f8b6c4d-x2v5k', 'chat-v2'],
    ['chat-v2-a-7d9f8b6c4d-x2v5k', 'chat-v2-a'],
  ])('%s is of the Deployment %s', (pod, name) => {
    const regex = regexOf(
      question(...['chat', 'chat-v2', 'chat-v2-a'].map(deployment)),
    );
    expect(regex.exec(pod)?.[1]).toBe(name);
  });

  it('is asked for in the same words whatever the Deployments are called', () => {
    expect(question(deployment('chat'))).toBe(
      question(deployment('shop'), deployment('cart')),
    );
  });

  it('is found by its name where kinds differ in how they name pods', () => {
    const regex = regexOf(
      question(deployment('chat'), {
        kind: 'Job',
        namespace: 'ai',
        name: 'chat-migrate',
      }),
    );
    expect(regex.exec('chat-7d9f8b6c4d-x2v5k')?.[1]).toBe('chat');
    expect(regex.exec('chat-migrate-3-x2v5k')?.[1]).toBe('chat-migrate');
  });

  it('leaves series alone where there is none', () => {
    expect(regexOf(question()).exec('chat-7d9f8b6c4d-x2v5k')).toBeNull();
  });
});

describe('two workloads whose pods could have the same name', () => {
  const of = (kind: string, name: string) => ({ kind, namespace: 'ai', name });

  it.each([
    ['Deployment', 'chat', 'Deployment', 'chat-v2', false],
    ['Deployment', 'chat', 'Rollout', 'chat-v2', false],
    ['Deployment', 'chat', 'Rollout', 'chat', true],
    ['Deployment', 'chat', 'DaemonSet', 'chat-agent', true],
    ['StatefulSet', 'chat', 'StatefulSet', 'chat-0', false],
    ['Deployment', 'chat', 'Job', 'chat-migrate', true],
    ['Deployment', 'chat', 'CloneSet', 'chat-v2', true],
  ])('%s %s and %s %s: %s', (kind, name, otherKind, otherName, could) => {
    expect(couldShareAPod(of(kind, name), of(otherKind, otherName))).toBe(
      could,
    );
  });

  it('are all for which there is a pod of both', () => {
    const kinds = [
      'Deployment',
      'DeploymentConfig',
      'StatefulSet',
      'DaemonSet',
      'Job',
      'CronJob',
      'Pod',
      'CloneSet',
    ];
    const parts = fc.constantFrom('chat', 'x2v5k', '2', '24', '7d9f8b6c4d');
    const name = fc
      .array(parts, { minLength: 1, maxLength: 3 })
      .map(some => some.join('-'));
    const workload = fc
      .tuple(fc.constantFrom(...kinds), name)
      .map(([kind, called]) => of(kind, called));
    let shared = 0;
    fc.assert(
      fc.property(
        workload,
        workload,
        fc.array(parts, { minLength: 1, maxLength: 6 }),
        (one, other, pieces) => {
          const row = { labels: { namespace: 'ai', pod: pieces.join('-') } };
          const isOfBoth = isOfPods([one])(row) && isOfPods([other])(row);
          shared += isOfBoth ? 1 : 0;
          expect(!isOfBoth || couldShareAPod(one, other)).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(shared).toBeGreaterThan(0);
  });
});
