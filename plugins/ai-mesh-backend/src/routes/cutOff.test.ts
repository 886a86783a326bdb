import { chinese, inEnglish, inLanguage } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { cutOff } from './cutOff';

const service = (labels: string) => `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat, labels: { ${labels} } }
spec: { ports: [{ port: 8080 }] }
---`;

const gateway = (addresses: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { namespace: ai, name: waypoint }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
status: { addresses: ${addresses} }
---`;

const waypointService = `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: waypoint }
spec: { ports: [{ port: 15008 }] }
---`;

const endpoints = (...ready: boolean[]) => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: waypoint-a, namespace: ai, labels: { kubernetes.io/service-name: waypoint } }
endpoints: [${ready.map((one, index) => `{ addresses: [10.0.0.${index + 1}], conditions: { ready: ${one} } }`)}]
---`;

const uses = service('istio.io/use-waypoint: waypoint');
const serving = gateway('[{ value: 10.0.0.9 }]');
const chat = { namespace: 'ai', name: 'chat' };

describe('a service behind a waypoint', () => {
  it.each([
    ['that has no pod', [uses, serving, waypointService]],
    [
      'of which no pod is ready',
      [uses, serving, waypointService, endpoints(false, false)],
    ],
  ])('%s is cut off, and says so in both languages', (_, yaml) => {
    const why = cutOff(snapshotFromYaml(yaml), chat)!;
    expect(inEnglish([why])).toBe(
      'its waypoint ai/waypoint has no ready pod, so that calls of the ambient mesh do not reach it',
    );
    expect(inLanguage([why], chinese)).toMatch(/\p{Script=Han}.*ai\/waypoint/u);
  });

  it.each([
    [
      'of which a pod is ready',
      [uses, serving, waypointService, endpoints(false, true)],
    ],
    ['that does not exist', [uses, waypointService]],
    // ztunnels then take calls straight to the pods.
    ['that was never there', [uses, gateway('[]'), waypointService]],
    ['whose Service cannot be found', [uses, serving]],
    ['that it does not ask for', [service(''), serving, waypointService]],
  ])('%s is not', (_, yaml) => {
    expect(cutOff(snapshotFromYaml(yaml), chat)).toBeUndefined();
  });

  it('is not where that cannot be read', () => {
    const snapshot = snapshotFromYaml([uses, serving, waypointService], {
      states: { EndpointSlice: { status: 'forbidden', message: 'No.' } },
    });
    expect(cutOff(snapshot, chat)).toBeUndefined();
  });
});

it('is not said of what is no Service', () => {
  const snapshot = snapshotFromYaml([uses, serving, waypointService]);
  expect(cutOff(snapshot, { ...chat, name: 'other' })).toBeUndefined();
});
