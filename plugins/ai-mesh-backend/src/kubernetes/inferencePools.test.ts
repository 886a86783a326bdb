import { snapshotFromYaml } from './__testUtils__/snapshotFromYaml';
import {
  endpointsOfPool,
  findPool,
  poolsOfService,
  serviceOfPool,
} from './inferencePools';

const pool = (name: string, selector: string, more = '') => `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: ${name}, namespace: ai }
spec: { selector: { matchLabels: ${selector} }, targetPorts: [{ number: 8000 }]${more} }
---`;
const pod = (name: string, labels: string, ready: boolean) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ai, labels: ${labels} }
spec: { containers: [{ name: vllm }] }
status: { ready: ${ready} }
---`;
const service = `
apiVersion: v1
kind: Service
metadata: { name: llm, namespace: ai }
spec: { selector: { app: llm } }
---`;

const found = (yaml: string, name = 'llm-v1') => {
  const snapshot = snapshotFromYaml(yaml);
  const one = findPool(snapshot, { namespace: 'ai', name });
  if (one.status === 'unknown') {
    throw new Error(one.message);
  }
  return { snapshot, pool: one.value };
};

describe('an InferencePool', () => {
  it.each([
    [
      'v1',
      pool(
        'llm-v1',
        '{ app: llm }',
        ', endpointPickerRef: { name: epp, port: { number: 9002 } }',
      ),
      { kind: 'Service', name: 'epp', failsOpen: false },
    ],
    [
      'v1 that fails open',
      pool(
        'llm-v1',
        '{ app: llm }',
        ', endpointPickerRef: { name: epp, failureMode: FailOpen }',
      ),
      { kind: 'Service', name: 'epp', failsOpen: true },
    ],
    ['v1 without a picker', pool('llm-v1', '{ app: llm }'), undefined],
    [
      'v1alpha2',
      `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: llm-v1, namespace: ai }
spec: { selector: { app: llm }, targetPortNumber: 8000, extensionRef: { name: epp } }`,
      { kind: 'Service', name: 'epp', failsOpen: false },
    ],
  ])('is read in the shape of %s', (_, yaml, picker) => {
    const { pool: read } = found(yaml);
    expect(read.selector).toEqual({ app: 'llm' });
    expect(read.picker).toEqual(picker);
  });

  it.each(['null', '7', '[]', '{ selector: 7, endpointPickerRef: [] }'])(
    'is read whatever stands in it: %s',
    spec => {
      const { pool: read, snapshot } = found(`
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: llm-v1, namespace: ai }
spec: ${spec}`);
      expect(read.selector).toEqual({});
      // A selector of nothing selects nothing.
      expect(endpointsOfPool(snapshot, read)).toMatchObject({
        value: { total: 0 },
      });
    },
  );

  it('counts its pods by their labels', () => {
    const { snapshot, pool: read } = found(
      pool('llm-v1', '{ app: llm, version: v1 }') +
        pod('a', '{ app: llm, version: v1 }', true) +
        pod('b', '{ app: llm, version: v1 }', false) +
        pod('c', '{ app: llm, version: v2 }', true),
    );
    expect(endpointsOfPool(snapshot, read)).toEqual({
      status: 'known',
      value: { ready: 1, total: 2 },
    });
  });

  it.each([
    // As Istio's `InferencePoolServiceName` has it: eight digits of the name's SHA-256.
    ['not there yet', '', 'llm-v1-ip-02d84217'],
    [
      'there under another name',
      `
apiVersion: v1
kind: Service
metadata: { name: other, namespace: ai, labels: { istio.io/inferencepool-name: llm-v1 } }
---`,
      'other',
    ],
  ])('has a Service of Istio that is %s', (_, yaml, name) => {
    const { snapshot, pool: read } = found(
      pool('llm-v1', '{ app: llm }') + yaml,
    );
    expect(serviceOfPool(snapshot, read).metadata.name).toBe(name);
  });

  it.each([
    ['{ app: llm, version: v1 }', ['llm-v1']],
    ['{ app: other }', []],
    ['{ version: v1 }', []],
  ])('with the labels %s is a part of the Service: %j', (selector, names) => {
    const snapshot = snapshotFromYaml(service + pool('llm-v1', selector));
    expect(
      poolsOfService(snapshot, { namespace: 'ai', name: 'llm' }).map(
        ({ name }) => name,
      ),
    ).toEqual(names);
  });

  it('is not known where the kind may not be listed, and is missing where it may', () => {
    const name = { namespace: 'ai', name: 'llm-v1' };
    expect(
      findPool(
        snapshotFromYaml('', {
          states: { InferencePool: { status: 'forbidden', message: 'no' } },
        }),
        name,
      ),
    ).toMatchObject({ reason: 'forbidden' });
    expect(findPool(snapshotFromYaml(''), name)).toMatchObject({
      reason: 'not-configured',
      message: 'There is no InferencePool ai/llm-v1.',
    });
  });
});
