import {
  canaryPlanSchema,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { objectsFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ConfigObject } from '../../kubernetes/kinds';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { poolMesh } from '../__testUtils__/poolMesh';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { preflightOf } from './runPreflight';

async function preflight(change: (cluster: FakeCluster) => void) {
  const cluster = new FakeCluster();
  cluster.objects = objectsFromYaml(poolMesh);
  change(cluster);
  const { preflight: found } = await preflightOf({
    clusters: { get: () => cluster, list: () => [cluster] },
    store: { holderOf: async () => undefined },
  })(
    {
      service: { cluster: 'demo', namespace: 'ai', name: 'llm' },
      stable: { host: 'InferencePool:llm-v1.ai' },
      canary: { host: 'InferencePool:llm-v2.ai' },
      plan: canaryPlanSchema.parse({ steps: [50, 100] }),
    },
    new Date('2025-06-01T12:00:00Z'),
    new AbortController().signal,
  );
  found.checks.forEach(inBothLanguages);
  const outcome = (wanted: CanaryPreflightCheck['outcome']) =>
    found.checks
      .filter(check => check.outcome === wanted)
      .map(({ code, message }) => `${code}: ${message}`);
  return { ...found, blocks: outcome('blocks'), warns: outcome('warns') };
}

const edit =
  (kind: string, name: string, spec: object) => (cluster: FakeCluster) =>
    cluster.edit(kind, name, object => {
      Object.assign(object.spec ?? object, spec);
    });

describe('the preflight of a canary between InferencePools', () => {
  it('finds nothing against a sound request, and shows the exact patch', async () => {
    const { blocks, warns, patch, steps } = await preflight(() => undefined);
    expect(blocks).toEqual([]);
    expect(
      warns.filter(text => /^(endpoint|version|metrics)/.test(text)),
    ).toEqual([]);
    expect(steps).toEqual([50, 100]);
    expect(patch.slice(1, 3)).toEqual([
      { op: 'replace', path: '/spec/rules/0/backendRefs/0/weight', value: 50 },
      { op: 'replace', path: '/spec/rules/0/backendRefs/1/weight', value: 50 },
    ]);
  });

  it('warns of a filter that mirrors, as of a VirtualService’s mirror', async () => {
    const { blocks, warns } = await preflight(cluster => {
      const { spec } = cluster.find('HTTPRoute', 'llm') as ConfigObject;
      const [rule] = spec?.rules as object[];
      Object.assign(rule, {
        filters: [
          {
            type: 'RequestMirror',
            requestMirror: { backendRef: { name: 'shadow', port: 80 } },
          },
        ],
      });
    });
    expect(blocks).toEqual([]);
    expect(warns).toContainEqual(
      expect.stringMatching(
        /^fault-or-mirror: rules\[0\] has a RequestMirror filter: /,
      ),
    );
  });

  it.each<[string, (cluster: FakeCluster) => void, string]>([
    [
      'the canary’s pool is missing',
      cluster => cluster.delete('InferencePool', 'llm-v2'),
      'versions: There is no InferencePool ai/llm-v2.',
    ],
    [
      'the stable pool is missing',
      cluster => cluster.delete('InferencePool', 'llm-v1'),
      'versions: There is no InferencePool ai/llm-v1.',
    ],
    [
      'it has no pod',
      cluster => cluster.delete('Pod', 'llm-v2-abc-12345'),
      'canary-endpoints: InferencePool ai/llm-v2 has no endpoints: no pod carries its labels.',
    ],
    [
      'it has no ready pod',
      cluster => {
        Object.assign(cluster.find('Pod', 'llm-v2-abc-12345'), {
          status: { ready: false },
        });
      },
      'canary-endpoints: None of the 1 endpoints of InferencePool ai/llm-v2 is ready.',
    ],
    [
      'its endpoint picker is missing',
      cluster => cluster.delete('Service', 'epp-v2'),
      'endpoint-picker: The endpoint picker of InferencePool ai/llm-v2, Service ai/epp-v2, does not exist. Without it the gateway refuses every request to InferencePool ai/llm-v2.',
    ],
    [
      'its endpoint picker is not ready',
      edit('EndpointSlice', 'epp-v2', {
        endpoints: [{ addresses: ['10.0.1.1'], conditions: { ready: false } }],
      }),
      'endpoint-picker: The endpoint picker of InferencePool ai/llm-v2, Service ai/epp-v2, has no ready endpoint. Without it the gateway refuses every request to InferencePool ai/llm-v2.',
    ],
    [
      'it names no endpoint picker',
      edit('InferencePool', 'llm-v2', { endpointPickerRef: undefined }),
      'endpoint-picker: InferencePool ai/llm-v2 names no endpoint picker. Without it the gateway refuses every request to InferencePool ai/llm-v2.',
    ],
    [
      'its endpoint picker is of a kind that Istio does not take',
      edit('InferencePool', 'llm-v2', {
        endpointPickerRef: { kind: 'Backend', name: 'epp-v2' },
      }),
      'endpoint-picker: The endpoint picker of InferencePool ai/llm-v2 is a Backend, and Istio takes none but a Service. Without it the gateway refuses every request to InferencePool ai/llm-v2.',
    ],
    [
      'a pod is in both pools',
      edit('InferencePool', 'llm-v2', {
        selector: { matchLabels: { app: 'llm' } },
      }),
      "metrics: Requests to the two versions cannot be told apart: Pod llm-v1-abc-12345 carries the labels of both. A canary that fails would look like the version that it is compared with. Give the pods of each version a label 'version' of their own, or a workload of their own.",
    ],
  ])('blocks where %s', async (_, change, message) => {
    const { blocks } = await preflight(change);
    expect(blocks).toEqual([expect.stringContaining(message)]);
  });

  it('warns where there is no metric of either pool yet, of Istio`s or of the endpoint pickers', async () => {
    const { blocks, warns } = await preflight(({ prometheus }) => {
      prometheus.trouble = 'empty';
    });
    expect(blocks).toEqual([]);
    expect(warns).toContainEqual(
      expect.stringMatching(/^metrics: There are no metrics of the canary yet/),
    );
  });

  it('only warns of a missing endpoint picker where the pool fails open', async () => {
    const { blocks, warns } = await preflight(
      edit('InferencePool', 'llm-v2', {
        endpointPickerRef: { name: 'gone', failureMode: 'FailOpen' },
      }),
    );
    expect(blocks).toEqual([]);
    expect(warns).toContainEqual(
      expect.stringMatching(/^endpoint-picker: .* fails open/),
    );
  });
});
