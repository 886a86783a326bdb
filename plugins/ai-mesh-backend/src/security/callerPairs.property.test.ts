import fc from 'fast-check';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../kubernetes/kinds';
import { calledService } from './calledService';
import { callerPairs, pairsByView, type PairCaller } from './callerPairs';
import { chatMesh } from './__testUtils__/chatMesh';

const NAMESPACES = ['ai', 'istio-system', 'shop', 'far', 'farther'];
const HOSTS = ['chat.ai.svc.cluster.local', '*.ai.svc.cluster.local'];

const rule = fc.record({
  namespace: fc.constantFrom(...NAMESPACES.slice(0, 3)),
  host: fc.constantFrom(...HOSTS),
  mode: fc.constantFrom('DISABLE', 'ISTIO_MUTUAL'),
  exportTo: fc.subarray(['*', '.', 'ai', 'shop', 'far']),
  isSelective: fc.boolean(),
  hasSubset: fc.boolean(),
});

const caller = fc.record(
  {
    namespace: fc.constantFrom(...NAMESPACES),
    proxy: fc.constantFrom('sidecar', 'none', 'ambient', 'unknown'),
    labels: fc.constantFrom({ app: 'gateway' }, { app: 'batch' }),
  },
  { requiredKeys: ['namespace', 'proxy'] },
) as fc.Arbitrary<PairCaller>;

describe('pairsByView', () => {
  it('finds for every one of many callers what is found for it alone', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 6 }),
        fc.array(caller, { minLength: 1, maxLength: 20 }),
        (rules, callers) => {
          const manifests = rules.map((one, index) =>
            JSON.stringify({
              apiVersion: 'networking.istio.io/v1',
              kind: 'DestinationRule',
              metadata: { namespace: one.namespace, name: `rule-${index}` },
              spec: {
                host: one.host,
                exportTo: one.exportTo,
                trafficPolicy: { tls: { mode: one.mode } },
                ...(one.isSelective && {
                  workloadSelector: { matchLabels: { app: 'gateway' } },
                }),
                ...(one.hasSubset && {
                  subsets: [
                    {
                      name: 'v2',
                      labels: { version: 'v2' },
                      trafficPolicy: { tls: { mode: 'DISABLE' } },
                    },
                  ],
                }),
              },
            }),
          );
          const snapshot = snapshotFromYaml([chatMesh, ...manifests]);
          const called = calledService(
            snapshot,
            snapshot.get('Service', 'ai', 'chat') as ServiceObject,
          );
          const options = { autoMtls: true };
          const pairsOf = pairsByView(snapshot, called, options);
          for (const one of callers) {
            expect(pairsOf(one)).toEqual(
              callerPairs(snapshot, one, called, options),
            );
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
