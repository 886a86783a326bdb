import { rm } from 'fs/promises';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { KubeConfigApi } from '../../kubernetes/KubeConfigApi';
import { KubernetesObjectEditor } from '../../kubernetes/KubernetesObjectEditor';
import type { ConfigObject } from '../../kubernetes/kinds';
import { ApiProxy, weightsOf } from './ApiProxy';
import { canaryWorld, chatName, type CanaryKind } from './canaryWorld';
import { refOf, routeRefOf, ROUTING_API } from './createApproved';

/** A plan of a promotion that takes a second: its time runs a hundred times as fast. */
export const hastyPlan = { checkSeconds: 0.02, intervalSeconds: 2 };
/** How a clock runs that suits {@link hastyPlan}. */
export const HASTE = 100;
export const HASTY_SCRAPES = 0.5;

/** A sandbox with routes for canaries, whose API server is reached through a proxy that sees every write. */
export class CanarySandbox {
  private constructor(
    readonly sandbox: RunningSandbox,
    readonly proxy: ApiProxy,
    private readonly world: string,
  ) {}

  static async start(services = 1, models = 0): Promise<CanarySandbox> {
    const world = await canaryWorld(services, 0, models);
    const sandbox = await startSandbox(['--world', world]);
    return new CanarySandbox(
      sandbox,
      await ApiProxy.start(sandbox.kubernetes),
      world,
    );
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.sandbox.stop();
    await rm(this.world, { recursive: true });
  }

  /** How an engine reaches the API server. */
  get kubernetes() {
    return { url: this.proxy.url, token: this.sandbox.tokens.writer };
  }

  /** Somebody else's way to the API server, which nothing watches. */
  get editor(): KubernetesObjectEditor {
    return new KubernetesObjectEditor({
      cluster: 'demo',
      allowWrites: true,
      api: new KubeConfigApi({
        from: 'url',
        url: this.sandbox.kubernetes,
        serviceAccountToken: this.sandbox.tokens.writer,
        tls: { skipVerify: false },
      }),
    });
  }

  async route(index = 0, kind: CanaryKind = 'subsets'): Promise<ConfigObject> {
    return this.editor.get(routeRefOf(kind, index));
  }

  async weights(index = 0, kind: CanaryKind = 'subsets') {
    return weightsOf((await this.route(index, kind)) as never);
  }

  /** As by `kubectl edit`: by somebody who does not ask what version it was. */
  async setWeights(v1: number, v2: number, index = 0): Promise<void> {
    const { spec } = await this.route(index);
    const host = chatName(index);
    const rules = spec?.http as { match?: unknown }[];
    await this.editor.patch(refOf('VirtualService', index), [
      {
        op: 'replace',
        path: `/spec/http/${rules.findIndex(({ match }) => match === undefined)}/route`,
        value: [
          { destination: { host, subset: 'v1' }, weight: v1 },
          ...(v2 > 0
            ? [{ destination: { host, subset: 'v2' }, weight: v2 }]
            : []),
        ],
      },
    ]);
  }

  /** Says something of the route that is not about weights, so that it has a new version. */
  async touch(note: string, index = 0): Promise<void> {
    await this.editor.patch(refOf('VirtualService', index), [
      { op: 'add', path: '/metadata/annotations/note', value: note },
    ]);
  }

  async delete(kind: 'VirtualService' | 'DestinationRule', index = 0) {
    await this.#send('DELETE', kind, index);
  }

  async removeSubset(index = 0): Promise<void> {
    await this.editor.patch(refOf('DestinationRule', index), [
      { op: 'remove', path: '/spec/subsets/1' },
    ]);
  }

  async setFault(fault: object): Promise<void> {
    const answer = await fetch(`${this.sandbox.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'kubernetes', ...fault }),
    });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.sandbox.control}/faults`, { method: 'DELETE' });
  }

  async #send(method: string, kind: string, index: number): Promise<void> {
    const answer = await fetch(
      `${this.sandbox.kubernetes}/apis/${ROUTING_API}/namespaces/ai/${kind.toLowerCase()}s/${chatName(index)}`,
      {
        method,
        headers: { authorization: `Bearer ${this.sandbox.tokens.writer}` },
      },
    );
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }
}
