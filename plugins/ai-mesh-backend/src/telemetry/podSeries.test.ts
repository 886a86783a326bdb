import { isOfPods } from './podSeries';

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
