import { app, playMesh } from '../testing/playMesh';
import { KubeObject } from '../store';
import { HorizontalAutoscaler } from './HorizontalAutoscaler';

interface Deployment extends KubeObject {
  spec: { replicas: number };
}

interface Scaler extends KubeObject {
  status: { conditions: { status: string; reason: string }[] };
}

/** A minute without any traffic, as the controller sees it. */
function scaled(replicas: number, minReplicas: number) {
  const { store, engine } = playMesh(
    [
      app('chat', { replicas }),
      `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: chat, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: chat-v1 }
  minReplicas: ${minReplicas}
  maxReplicas: 10
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }`,
    ],
    {},
  );
  const autoscaler = new HorizontalAutoscaler(store, engine.clusters[0]);
  for (let second = 0; second < 60; second += 1) {
    engine.tick();
    autoscaler.tick();
  }
  const at = { namespace: 'shop', name: 'chat' };
  return {
    replicas: store.get<Deployment>('apps', 'Deployment', {
      ...at,
      name: 'chat-v1',
    })?.spec.replicas,
    condition: store.get<Scaler>('autoscaling', 'HorizontalPodAutoscaler', at)
      ?.status.conditions[0],
  };
}

describe('HorizontalAutoscaler', () => {
  it('brings what has too few replicas to its minimum', () => {
    expect(scaled(1, 3)).toMatchObject({
      replicas: 3,
      condition: { status: 'True', reason: 'ValidMetricFound' },
    });
  });

  it('rests while there are no replicas, as Kubernetes does', () => {
    expect(scaled(0, 3)).toMatchObject({
      replicas: 0,
      condition: { status: 'False', reason: 'ScalingDisabled' },
    });
  });
});
