import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { notRelayed } from './notRelayed';

const workload = (
  name: string,
  namespace: string,
  spec: string,
  kind = 'Deployment',
) => `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: ${spec} }
`;
const relay =
  '{ metadata: { labels: { gateway.istio.io/managed: istio.io-mesh-controller } } }';
const caller = '{ metadata: { labels: { app: gateway } } }';
const pod = (namespace: string) => `---
apiVersion: v1
kind: Pod
metadata: { name: gateway-7d9-x2v5k, namespace: ${namespace}, generateName: gateway-7d9-, labels: { rollouts-pod-template-hash: 7d9 }, ownerReferences: [{ kind: ReplicaSet, name: gateway-7d9, controller: true }] }
`;

describe('what keeps out the calls of relays', () => {
  it.each<[string, string, string[]]>([
    ['there is none', workload('gateway', 'ai', caller), []],
    [
      'nobody else is called so',
      workload('gateway', 'infra', relay) + workload('web', 'ai', caller),
      ['source_workload!~"gateway"'],
    ],
    [
      'other relays alone are called so',
      workload('gateway', 'infra', relay) + workload('gateway', 'ai', relay),
      ['source_workload!~"gateway"'],
    ],
    [
      'a caller of another namespace is called so',
      workload('gateway', 'infra', relay) +
        workload('l7', 'infra', relay) +
        workload('gateway', 'ai', caller, 'StatefulSet'),
      ['source_workload!~"l7"', 'source_principal!~".*/ns/(infra/sa/gateway)"'],
    ],
    [
      'pods of a kind that is not read are called so',
      workload('gateway', 'infra', relay) + pod('ai'),
      ['source_principal!~".*/ns/(infra/sa/gateway)"'],
    ],
    [
      'a relay has an account of another name',
      workload(
        'gateway',
        'infra',
        '{ metadata: { labels: { istio: eastwestgateway } }, spec: { serviceAccountName: edge } }',
      ) + workload('gateway', 'ai', caller),
      ['source_principal!~".*/ns/(infra/sa/edge)"'],
    ],
  ])('where %s', (_, yaml, expected) => {
    expect(notRelayed(snapshotFromYaml(yaml)).map(String)).toEqual(expected);
  });
});
