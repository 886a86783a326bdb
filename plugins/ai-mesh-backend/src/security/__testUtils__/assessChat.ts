import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../../kubernetes/kinds';
import { lookBack } from '../LookBack';
import type { NamespacePlaintext } from '../namespacePlaintext';
import type { ObservedCaller } from '../observedCallers';
import { serviceMtls, type ServiceMtlsInputs } from '../serviceMtls';
import { chatMesh } from './chatMesh';

const now = new Date('2026-03-01T12:00:00Z');
const week = lookBack(7 * 86_400);

/** A caller in `ai` with what was seen of it; without a name, one that Istio could not name. */
export function caller(
  name: string | undefined,
  plaintext: number,
  encrypted: number,
  connections = 0,
): ObservedCaller {
  return {
    id: name === undefined ? 'unknown' : `ai/${name}`,
    ...(name !== undefined && { namespace: 'ai', workload: name }),
    ...(encrypted > 0 && { principal: `cluster.local/ns/ai/sa/${name}` }),
    mtls: known({
      share: encrypted / (encrypted + plaintext),
      encrypted,
      plaintext,
      plaintextConnections: connections,
      plaintextPerSecond: known(plaintext > 0 ? 0.5 : 0),
      ...(plaintext > 0 && { lastPlaintextAt: '2026-03-01T11:59:00.000Z' }),
      resolutionSeconds: week.stepSeconds,
    }),
  };
}

/** Nothing was seen, and somebody looked. */
export const watched: NamespacePlaintext = {
  calls: [],
  since: new Date('2026-01-01T00:00:00Z'),
};

/** What mutual TLS comes to for the chat service, with these manifests. */
export function assess(yaml = '', inputs: Partial<ServiceMtlsInputs> = {}) {
  const snapshot = inputs.snapshot ?? snapshotFromYaml([chatMesh, yaml]);
  return serviceMtls({
    service: snapshot.get('Service', 'ai', 'chat') as ServiceObject,
    observed: known([caller('gateway', 0, 100)]),
    namespacePlaintext: known(watched),
    lookBack: week,
    now,
    autoMtls: true,
    ...inputs,
    snapshot,
  });
}

export function peer(name: string, spec: string, namespace = 'ai'): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { namespace: ${namespace}, name: ${name}, uid: u-1, resourceVersion: '7' }
spec: ${spec}
---`;
}

export function rule(spec: string, namespace = 'ai'): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ${namespace}, name: dr }
spec: ${spec}
---`;
}
