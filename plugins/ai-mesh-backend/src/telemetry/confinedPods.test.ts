import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { PodObject, WorkloadObject } from '../kubernetes/kinds';
import { confinedPods } from './confinedPods';

const workload = (
  kind: string,
  namespace: string,
  name: string,
): WorkloadObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { namespace, name },
  spec: {},
});
const deployment = (namespace: string, name: string) => ({
  kind: 'Deployment',
  namespace,
  name,
});

/** Whether a pod's series meet the conditions, as Prometheus would say. */
function meets(
  matchers: readonly string[],
  pod: string,
  namespace: string,
): boolean {
  const labels: Record<string, string> = { namespace, pod };
  return matchers.every(matcher => {
    const [, label, operator, quoted] = /^(\w+)([=!~]+)(".*")$/.exec(matcher)!;
    const value: string = JSON.parse(quoted);
    const equal = operator.includes('~')
      ? new RegExp(`^(?:${value})$`).test(labels[label])
      : labels[label] === value;
    return operator.startsWith('!') ? !equal : equal;
  });
}

describe('confinedPods', () => {
  const snapshot = snapshotOf({
    Deployment: [
      workload('Deployment', 'ai', 'chat'),
      workload('Deployment', 'ai', 'chat-other'),
    ],
    StatefulSet: [workload('StatefulSet', 'ai', 'chat-db')],
    DaemonSet: [
      workload('DaemonSet', 'ai', 'chat-agent'),
      workload('DaemonSet', 'lab', 'notes-agent'),
    ],
  });

  it.each([
    ['chat-7d9fb4c6d8-x2b4d', 'ai', true],
    ['chat-5c6d7f8b9c-q7w8z', 'ai', true],
    ['chat-7d9fb4c6d8-x2b4d', 'lab', false],
    ['chat-other-7d9fb4c6d8-x2b4d', 'ai', false],
    ['chat-agent-x2b4d', 'ai', false],
    ['chat-db-0', 'ai', false],
    ['chatter-7d9fb4c6d8-x2b4d', 'ai', false],
  ])('of a Deployment chat: %s in %s is its own: %s', (pod, namespace, own) => {
    const matchers = confinedPods(snapshot, [deployment('ai', 'chat')])!;
    expect(meets(matchers, pod, namespace)).toBe(own);
  });

  it('keeps what is called alike and is ours', () => {
    const own = [
      deployment('ai', 'chat'),
      { kind: 'DaemonSet', namespace: 'ai', name: 'chat-agent' },
    ];
    expect(meets(confinedPods(snapshot, own)!, 'chat-agent-x2b4d', 'ai')).toBe(
      true,
    );
  });

  it('keeps ours of one namespace that is called as another’s of another', () => {
    const own = [
      deployment('ai', 'chat'),
      { kind: 'DaemonSet', namespace: 'lab', name: 'chat-agent' },
    ];
    expect(meets(confinedPods(snapshot, own)!, 'chat-agent-x2b4d', 'lab')).toBe(
      true,
    );
  });

  it('knows those of pods alone, whatever made them', () => {
    const job = {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: {
        namespace: 'ai',
        name: 'chat-migrate-x2b4d',
        ownerReferences: [
          { kind: 'Job', name: 'chat-migrate', controller: true },
        ],
      },
    } as PodObject;
    const withJob = snapshotOf({
      Deployment: [workload('Deployment', 'ai', 'chat')],
      Pod: [job],
    });
    const matchers = confinedPods(withJob, [deployment('ai', 'chat')])!;
    expect(meets(matchers, 'chat-migrate-x2b4d', 'ai')).toBe(false);
    expect(meets(matchers, 'chat-7d9fb4c6d8-x2b4d', 'ai')).toBe(true);
  });

  it('looks at nothing twice until it changes, however large the namespace', () => {
    const many = Array.from({ length: 1000 }, (_, n) =>
      workload('Deployment', 'ai', `service-${n}`),
    );
    const read = jest.fn();
    for (const object of many) {
      const { metadata } = object;
      Object.defineProperty(object, 'metadata', {
        get: () => {
          read();
          return metadata;
        },
      });
    }
    const large = snapshotOf({ Deployment: many });
    confinedPods(large, [deployment('ai', 'service-1')]);
    read.mockClear();
    for (let n = 0; n < 100; n++) {
      confinedPods(large, [deployment('ai', `service-${n}`)]);
    }
    expect(read).not.toHaveBeenCalled();
  });

  it('has no conditions without workloads', () => {
    expect(confinedPods(snapshot, [])).toBeUndefined();
  });
});
