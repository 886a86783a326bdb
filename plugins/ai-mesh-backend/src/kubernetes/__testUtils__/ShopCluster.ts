import { RunningSandbox, startSandbox } from '@ai-mesh/mesh-sandbox/testing';
import { KubeConfigApi } from '../KubeConfigApi';
import type { MeshSnapshot } from '../MeshSnapshot';

/** What snapshots of the sandbox tell beside its objects. */
export const cluster = {
  name: 'demo',
  rootNamespace: 'istio-system',
  clusterDomain: 'cluster.local',
};

/** A sandbox with the demo's shop, whose split and faults a test may set. */
export class ShopCluster {
  #sandbox: RunningSandbox | undefined;

  get sandbox(): RunningSandbox {
    if (!this.#sandbox) {
      throw new Error('The sandbox is not started');
    }
    return this.#sandbox;
  }

  async start(): Promise<void> {
    this.#sandbox = await startSandbox();
  }

  async stop(): Promise<void> {
    await this.#sandbox?.stop();
  }

  apiWith(token: string, url = this.sandbox.kubernetes): KubeConfigApi {
    return new KubeConfigApi({
      from: 'url',
      url,
      serviceAccountToken: token,
      tls: { skipVerify: false },
    });
  }

  async setFault(fault: object): Promise<void> {
    await succeed(`${this.sandbox.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'kubernetes', ...fault }),
    });
  }

  async clearFaults(): Promise<void> {
    await succeed(`${this.sandbox.control}/faults`, { method: 'DELETE' });
  }

  /** Patches the split of the chat service's last rule, as `kubectl edit` would. */
  async setWeights(v1: number, v2: number): Promise<void> {
    await succeed(
      `${this.sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
      {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${this.sandbox.tokens.writer}`,
          'content-type': 'application/json-patch+json',
        },
        body: JSON.stringify([
          { op: 'replace', path: '/spec/http/2/route/0/weight', value: v1 },
          { op: 'replace', path: '/spec/http/2/route/1/weight', value: v2 },
        ]),
      },
    );
  }
}

/** The split that {@link ShopCluster.setWeights} sets, as a snapshot has it. */
export function weights(snapshot: MeshSnapshot): unknown {
  const rule = snapshot.get('VirtualService', 'ai-services', 'ai-chat-service')
    ?.spec as { http: { route: { weight?: number }[] }[] } | undefined;
  return rule?.http[2].route.map(({ weight }) => weight);
}

async function succeed(url: string, init: RequestInit): Promise<void> {
  const response = await fetch(url, init);
  if (!response.ok) {
    throw new Error(
      `${init.method} ${url}: ${response.status} ${await response.text()}`,
    );
  }
}
