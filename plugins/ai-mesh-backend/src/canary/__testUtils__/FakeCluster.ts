import {
  said,
  wording,
  type JsonPatchOperation,
  type ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { applyPatch, type Operation } from 'fast-json-patch';
import {
  objectsFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ConfigObject, KubernetesObject } from '../../kubernetes/kinds';
import {
  EditError,
  type MayPatch,
  type ObjectEditor,
} from '../../kubernetes/ObjectEditor';
import { wordingWith } from '../../worded';
import type { CanaryCluster } from '../engine/CanaryCluster';
import { EvidencePrometheus } from './EvidencePrometheus';

const mesh = `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: ai }
spec:
  host: chat
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: ai, resourceVersion: "1", annotations: { note: keep } }
spec:
  hosts: [chat]
  http:
    - match: [{ headers: { tier: { exact: vip } } }]
      route: [{ destination: { host: chat, subset: v2 } }]
    - timeout: 60s
      route: [{ destination: { host: chat, subset: v1 } }]
---
${['v1', 'v2']
  .map(
    version => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat-${version}, namespace: ai, resourceVersion: "1" }
spec:
  replicas: 2
  template: { metadata: { labels: { app: chat, version: ${version} } } }
---
apiVersion: v1
kind: Pod
metadata: { name: chat-${version}-abc-12345, namespace: ai, labels: { app: chat, version: ${version} } }
spec: { containers: [{ name: chat }] }
---`,
  )
  .join('')}
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: chat, namespace: ai, labels: { kubernetes.io/service-name: chat } }
endpoints:
  - { addresses: [10.0.0.1], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v1-abc-12345 } }
  - { addresses: [10.0.0.2], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v2-abc-12345 } }
`;

/**
 * - `refusesReads`: the API server answers no request, while what is watched still comes
 * - `starts`: everything is forbidden, and what was watched is a while old
 */
export type Trouble =
  'away' | 'forbidden' | 'refuses' | 'refusesReads' | 'starts';

/** A cluster in memory that takes patches as an API server does, and a Prometheus that says what the test wants. */
export class FakeCluster implements CanaryCluster, ObjectEditor {
  readonly name = 'demo';
  scrapeIntervalSeconds = 2;
  objects: KubernetesObject[] = objectsFromYaml(mesh);
  trouble?: Trouble;
  /** Called before each patch is applied: somebody else's moment. */
  beforePatch: () => void = () => undefined;
  /** What the next patch waits for before it is applied. */
  patchWaitsFor?: Promise<void>;
  /** Called after each patch was applied, before its answer is on the way. */
  afterPatch: () => void = () => undefined;
  /** Every patch that was applied. */
  readonly patches: JsonPatchOperation[][] = [];

  /** The objects whose fields were given up. */
  readonly givenUp: string[] = [];

  readonly editor = this;

  readonly snapshots = {
    snapshot: async () =>
      snapshotOfObjects(
        this.objects,
        this.trouble === 'away' || this.trouble === 'starts'
          ? {
              states: {
                VirtualService: {
                  status: 'stale',
                  message: 'The API server is away.',
                },
              },
            }
          : {},
      ),
  };

  prometheus: EvidencePrometheus = new EvidencePrometheus();

  /** The route's object, to be changed as by `kubectl edit`. */
  get route(): ConfigObject {
    return this.find('VirtualService', 'chat') as ConfigObject;
  }

  edit(kind: string, name: string, change: (object: ConfigObject) => void) {
    const copy = structuredClone(this.find(kind, name)) as ConfigObject;
    change(copy);
    this.#replace(copy);
  }

  delete(kind: string, name: string): void {
    this.objects = this.objects.filter(
      object => object !== this.find(kind, name),
    );
  }

  /** Weights of the rule that the canary runs on, by subset. */
  get weights(): Record<string, number | undefined> {
    const http = this.route.spec?.http as {
      match?: unknown;
      route: { destination: { subset: string }; weight?: number }[];
    }[];
    const rule = http.find(({ match }) => match === undefined);
    return Object.fromEntries(
      (rule?.route ?? []).map(({ destination, weight }) => [
        destination.subset,
        weight,
      ]),
    );
  }

  setWeights(v1: number, v2: number): void {
    this.edit('VirtualService', 'chat', object => {
      const http = object.spec?.http as { match?: unknown; route: unknown }[];
      http.find(({ match }) => match === undefined)!.route = [
        { destination: { host: 'chat', subset: 'v1' }, weight: v1 },
        { destination: { host: 'chat', subset: 'v2' }, weight: v2 },
      ];
    });
  }

  async get(ref: ObjectRef): Promise<ConfigObject> {
    this.#suffer('get', ref);
    const object = this.objects.find(
      ({ kind, metadata }) => kind === ref.kind && metadata.name === ref.name,
    );
    if (!object) {
      throw new EditError(
        'not-found',
        wording('verbatim', { text: `There is no ${ref.kind} ${ref.name}.` }),
      );
    }
    return structuredClone(object) as ConfigObject;
  }

  async patch(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    { dryRun = false } = {},
  ): Promise<ConfigObject> {
    this.#suffer('patch', ref);
    if (!dryRun) {
      this.beforePatch();
      await this.patchWaitsFor;
    }
    const current = await this.get(ref);
    let patched: ConfigObject;
    try {
      patched = applyPatch(
        current,
        structuredClone(patch) as Operation[],
        true,
      ).newDocument;
    } catch {
      throw new EditError(
        'conflict',
        wording('verbatim', { text: `${ref.kind} ${ref.name} has changed.` }),
      );
    }
    if (!dryRun) {
      this.#replace(patched);
      this.patches.push([...patch]);
      this.afterPatch();
    }
    return patched;
  }

  async giveUpFields(ref: ObjectRef): Promise<void> {
    this.#suffer('patch', ref);
    this.givenUp.push(ref.name);
  }

  async mayPatch(): Promise<MayPatch> {
    const allowed = this.trouble !== 'forbidden';
    const words = allowed
      ? wording('patch.may', { object: 'it' })
      : wording('cluster.said', { text: 'The portal may not patch it.' });
    return { allowed, ...said(words) };
  }

  find(kind: string, name: string): KubernetesObject {
    const object = this.objects.find(
      each => each.kind === kind && each.metadata.name === name,
    );
    if (!object) {
      throw new Error(`The fake cluster has no ${kind} ${name}`);
    }
    return object;
  }

  #suffer(verb: 'get' | 'patch', { kind, name }: ObjectRef): void {
    if (this.trouble === 'away' || this.trouble === 'refusesReads') {
      throw new EditError(
        'unreachable',
        wordingWith('edit.failed', {
          cluster: 'shop',
          verb,
          object: `${kind} ${name}`,
          reason: wording('network.refused', { code: 'ECONNREFUSED' }),
        }),
      );
    }
    if (
      this.trouble === 'starts' ||
      (this.trouble === 'forbidden' && verb === 'patch')
    ) {
      throw new EditError(
        'forbidden',
        wording('verbatim', {
          text: `The portal may not ${verb} ${kind} ${name}.`,
        }),
      );
    }
    if (this.trouble === 'refuses' && verb === 'patch') {
      throw new EditError(
        'refused',
        wording('verbatim', { text: 'A webhook says no.' }),
      );
    }
  }

  #replace(object: KubernetesObject): void {
    const { metadata } = object;
    metadata.resourceVersion = String(Number(metadata.resourceVersion) + 1);
    this.objects = this.objects.map(each =>
      each.kind === object.kind && each.metadata.name === metadata.name
        ? object
        : each,
    );
  }
}
