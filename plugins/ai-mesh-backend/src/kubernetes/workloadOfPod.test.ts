import type { ObjectMeta, PodObject } from './kinds';
import { metricNamesOfPod, workloadOfPod } from './workloadOfPod';

function pod(
  owner: { kind: string; name: string } | undefined,
  labels: Record<string, string> = {},
  more: Partial<ObjectMeta> = {},
): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'chat-7d9-abcde',
      namespace: 'ai',
      generateName: 'chat-7d9-',
      labels,
      ownerReferences: owner && [
        { apiVersion: 'v1', controller: true, ...owner },
      ],
      ...more,
    },
  };
}

describe('workloadOfPod', () => {
  it.each([
    [
      'a Deployment, through its ReplicaSet',
      pod(
        { kind: 'ReplicaSet', name: 'chat-7d9' },
        { 'pod-template-hash': '7d9' },
      ),
      'Deployment chat',
    ],
    [
      'an Argo Rollout, through its ReplicaSet, whether or not its kind is served',
      pod(
        { kind: 'ReplicaSet', name: 'chat-6f8' },
        { 'rollouts-pod-template-hash': '6f8' },
      ),
      'Rollout chat',
    ],
    [
      'a ReplicaSet of its own',
      pod({ kind: 'ReplicaSet', name: 'chat' }, { 'pod-template-hash': '7d9' }),
      'ReplicaSet chat',
    ],
    [
      'a StatefulSet',
      pod({ kind: 'StatefulSet', name: 'chat' }),
      'StatefulSet chat',
    ],
    ['a DaemonSet', pod({ kind: 'DaemonSet', name: 'chat' }), 'DaemonSet chat'],
    ['a Job', pod({ kind: 'Job', name: 'embed' }), 'Job embed'],
    [
      'a CronJob, through its Job',
      pod({ kind: 'Job', name: 'embed-29412345' }),
      'CronJob embed',
    ],
    [
      'a DeploymentConfig',
      pod(
        { kind: 'ReplicationController', name: 'chat-3' },
        { deploymentconfig: 'chat' },
      ),
      'DeploymentConfig chat',
    ],
    [
      'a controller that nobody here has heard of',
      pod({ kind: 'CloneSet', name: 'chat' }),
      'CloneSet chat',
    ],
    ['nobody', pod(undefined), 'Pod chat-7d9-abcde'],
    [
      'an owner that does not control it',
      pod(
        undefined,
        {},
        {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Set', name: 'x', controller: false },
          ],
        },
      ),
      'Pod chat-7d9-abcde',
    ],
    [
      'itself, in a circle',
      pod({ kind: 'Pod', name: 'chat-7d9-abcde' }),
      'Pod chat-7d9-abcde',
    ],
    [
      'an owner without a name',
      pod({ kind: 'ReplicaSet', name: '' }, { 'pod-template-hash': '7d9' }),
      'Pod chat-7d9-abcde',
    ],
    [
      'a ReplicaSet that is called like nothing but the hash',
      pod({ kind: 'ReplicaSet', name: '-7d9' }, { 'pod-template-hash': '7d9' }),
      'ReplicaSet -7d9',
    ],
  ])('gives a pod to %s', (_, given, expected) => {
    const { kind, namespace, name } = workloadOfPod(given);
    expect(`${kind} ${name}`).toBe(expected);
    expect(namespace).toBe('ai');
  });
});

describe('metricNamesOfPod', () => {
  const owner = { kind: 'StatefulSet', name: 'chat' };

  it.each([
    ['the workload', pod(owner), ['chat']],
    [
      'the name that a label gives instead',
      pod(owner, { 'service.istio.io/workload-name': 'chat-main' }),
      ['chat-main'],
    ],
    [
      'the workload or the pod, where its controller named it',
      pod(owner, {}, { name: 'chat-0', generateName: undefined }),
      ['chat', 'chat-0'],
    ],
  ])('are %s', (_, given, expected) => {
    expect(metricNamesOfPod(given)).toEqual(expected);
  });
});
