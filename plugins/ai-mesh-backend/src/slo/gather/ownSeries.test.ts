import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import type { WorkloadObject } from '../../kubernetes/kinds';
import { ownSeries } from './ownSeries';

const podLabels = { namespace: 'namespace', pod: 'pod' };

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

describe('ownSeries', () => {
  it('keeps the names of one namespace out of another', () => {
    const deployment = (namespace: string, name: string) => ({
      kind: 'Deployment',
      namespace,
      name,
    });
    const { ofPods, ofCalls } = ownSeries(
      {
        snapshot: snapshotOf({}),
        proven: {
          services: [
            { namespace: 'ai', name: 'chat' },
            { namespace: 'lab', name: 'notes' },
          ],
          workloads: [deployment('ai', 'chat'), deployment('lab', 'notes')],
        },
      },
      podLabels,
    );
    expect(ofCalls).toEqual([
      ['destination_service_name="chat"', 'destination_service_namespace="ai"'],
      [
        'destination_service_name="notes"',
        'destination_service_namespace="lab"',
      ],
    ]);
    expect(ofPods).toEqual([
      ['namespace="ai"', expect.stringMatching(/^pod=~"chat-/)],
      ['namespace="lab"', expect.stringMatching(/^pod=~"notes-/)],
    ]);
  });

  it('leaves out the pods of a neighbour whose name begins alike', () => {
    const { ofPods } = ownSeries(
      {
        snapshot: snapshotOf({
          Deployment: [workload('Deployment', 'ai', 'chat')],
          DaemonSet: [
            workload('DaemonSet', 'ai', 'chat-agent'),
            workload('DaemonSet', 'ai', 'other'),
            workload('DaemonSet', 'lab', 'chat-agent'),
          ],
        }),
        proven: {
          services: [],
          workloads: [{ kind: 'Deployment', namespace: 'ai', name: 'chat' }],
        },
      },
      podLabels,
    );
    expect(ofPods).toEqual([
      [
        'namespace="ai"',
        expect.stringMatching(/^pod=~"chat-/),
        expect.stringMatching(/^pod!~"chat-agent-\[[a-z0-9]+\]\{5\}"$/),
      ],
    ]);
  });

  it('is empty where nobody has looked whose it is', () => {
    expect(ownSeries({ snapshot: snapshotOf({}) }, podLabels)).toEqual({
      ofPods: [],
      ofCalls: [],
    });
  });
});
