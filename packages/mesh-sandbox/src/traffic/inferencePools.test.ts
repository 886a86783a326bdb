import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { InferencePoolMetrics } from '../metrics/InferencePoolMetrics';
import { istioLabels } from '../metrics/istioLabels';
import { shadowServiceName } from '../mesh';
import { playMesh } from '../testing/playMesh';
import { builtInWorld } from '../world';

const file = (name: string) =>
  readFileSync(join(builtInWorld('pools'), name), 'utf8');

function pools() {
  return playMesh(
    ['00-namespaces.yaml', 'ai-gateway.yaml', 'llm.yaml'].map(file),
    parse(file('behaviour.yaml')),
  );
}

const at = (name: string) => ({ namespace: 'ai-services', name });

describe('InferencePools behind a Gateway', () => {
  it('have a headless Service that Istio keeps, named and labelled as Istio does', () => {
    const { store } = pools();
    const name = shadowServiceName('llm-v1');
    expect(name).toMatch(/^llm-v1-ip-[0-9a-f]{8}$/);
    expect(shadowServiceName('p'.repeat(80))).toHaveLength(63);
    expect(store.get('', 'Service', at(name))).toMatchObject({
      metadata: {
        labels: {
          'istio.io/inferencepool-name': 'llm-v1',
          'istio.io/inferencepool-extension-service': 'llm-v1-epp',
          'istio.io/inferencepool-extension-port': '9002',
          'istio.io/inferencepool-extension-failure-mode': 'FailClose',
        },
        ownerReferences: [{ kind: 'InferencePool', name: 'llm-v1' }],
      },
      spec: {
        clusterIP: 'None',
        selector: { app: 'llm', version: 'v1' },
        ports: [{ port: 54320, targetPort: 8000 }],
      },
    });
  });

  it('get requests by their weights, and are called by that Service by the gateway alone', () => {
    const mesh = pools();
    mesh.play(60);
    const to = (workload: string) =>
      mesh.between('source', 'ai-gateway-istio', workload).length;
    const all = to('llm-v1') + to('llm-v2');
    expect(all).toBeGreaterThan(900);
    expect(to('llm-v2') / all).toBeCloseTo(0.1, 1);
    const [sent] = mesh.between('source', 'ai-gateway-istio', 'llm-v2');
    expect(istioLabels(sent)).toMatchObject({
      destination_workload: 'llm-v2',
      destination_service_name: shadowServiceName('llm-v2'),
    });
    const [received] = mesh.between('destination', undefined, 'llm-v2');
    expect(istioLabels(received)).toMatchObject({
      destination_workload: 'llm-v2',
      destination_service_name: 'llm',
    });
  });

  it('have the metrics of their endpoint pickers, with the pool on its gauges alone', () => {
    const mesh = pools();
    mesh.play(30);
    const metrics = new InferencePoolMetrics(mesh.cluster);
    mesh.requests.forEach(report => metrics.request(report));
    const lines = [...metrics.expose()].join('');
    expect(lines).toMatch(
      /inference_pool_ready_pods\{name="llm-v1",namespace="ai-services",pod="llm-v1-epp-[^"]+"\} 2\n/,
    );
    expect(lines).toMatch(
      /inference_pool_average_queue_size\{name="llm-v2",.*\} \d/,
    );
    expect(lines).toMatch(
      /inference_objective_request_total\{model_name="shop-assist-8b",target_model_name="shop-assist-8b",namespace="ai-services",pod="llm-v1-epp-[^"]+"\} \d+\n/,
    );
  });

  it('are refused by the gateway while nobody picks an endpoint, unless they fail open', () => {
    const mesh = pools();
    mesh.store.update('apps', 'Deployment', at('llm-v2-epp'), draft => {
      (draft.spec as { replicas: number }).replicas = 0;
    });
    mesh.play(20);
    const refused = () =>
      mesh
        .between('source', 'ai-gateway-istio')
        .filter(({ status, destination }) => status === 500 && !destination);
    expect(new Set(refused().map(({ service }) => service.name))).toEqual(
      new Set([shadowServiceName('llm-v2')]),
    );
    mesh.store.update(
      'inference.networking.k8s.io',
      'InferencePool',
      at('llm-v2'),
      draft => {
        (
          draft.spec as { endpointPickerRef: { failureMode: string } }
        ).endpointPickerRef.failureMode = 'FailOpen';
      },
    );
    mesh.play(1);
    mesh.forget();
    mesh.play(20);
    expect(refused()).toEqual([]);
    expect(
      mesh.between('source', 'ai-gateway-istio', 'llm-v2').length,
    ).toBeGreaterThan(0);
  });
});
