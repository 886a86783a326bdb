import {
  objectsFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { ObjectEditor } from '../../kubernetes/ObjectEditor';
import type { CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { observeRoute } from './observeRoute';

const pool = (name: string) => `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: ${name}, namespace: ai }
spec: { selector: { matchLabels: { app: llm, pool: ${name} } } }
---`;

const route = (...backends: string[]) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: llm, namespace: ai }
spec:
  parentRefs: [{ name: public }]
  rules:
    - backendRefs:
${backends
  .map(
    backend => `        - { group: inference.networking.k8s.io, ${backend} }`,
  )
  .join('\n')}
---`;

const [v1, v2] = ['llm-v1', 'llm-v2'].map(name => `InferencePool:${name}.ai`);

/** Both pools have had their weights from the canary. */
function canary(): CanaryRecord {
  const record = aCanary({}, { state: 'progressing' });
  return {
    ...record,
    route: {
      object: {
        cluster: 'demo',
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        namespace: 'ai',
        name: 'llm',
      },
    },
    stable: { host: v1 },
    canary: { host: v2 },
    progress: {
      ...record.progress,
      written: {
        headerRule: false,
        destinations: [
          { role: 'stable', host: v1, weight: 50, percent: 50 },
          { role: 'canary', host: v2, weight: 50, percent: 50 },
        ],
      },
    },
  };
}

function observe(yaml: string) {
  const objects = objectsFromYaml(yaml);
  const editor = {
    get: async () =>
      objects.find(({ kind }) => kind === 'HTTPRoute') as ConfigObject,
  } as unknown as ObjectEditor;
  return observeRoute(
    canary(),
    snapshotOfObjects(objects),
    editor,
    new AbortController().signal,
  );
}

const backend = (name: string, weight: number) =>
  `kind: InferencePool, name: ${name}, weight: ${weight}`;
const halves = route(backend('llm-v1', 50), backend('llm-v2', 50));

describe('the route of a canary between InferencePools', () => {
  it('is as it was written', async () => {
    expect(await observe(halves + pool('llm-v1') + pool('llm-v2'))).toEqual({
      status: 'as-written',
    });
  });

  it.each([
    ['llm-v1', halves + pool('llm-v2')],
    ['llm-v2', halves + pool('llm-v1')],
  ])(
    'has drifted where %s is gone, and nothing is written',
    async (name, yaml) => {
      expect(await observe(yaml)).toMatchObject({
        status: 'drift',
        drift: {
          message: `There is no InferencePool ai/${name}.`,
          choices: ['resume', 'rollBack'],
        },
      });
    },
  );

  it('has drifted where somebody else has moved the weights', async () => {
    const moved = route(backend('llm-v1', 80), backend('llm-v2', 20));
    expect(
      await observe(moved + pool('llm-v1') + pool('llm-v2')),
    ).toMatchObject({
      status: 'drift',
      drift: {
        message:
          "The route's weights are llm-v1 80 / llm-v2 20, not llm-v1 50 / llm-v2 50: somebody else has changed them.",
        choices: ['adoptDrift', 'restoreDrift', 'rollBack'],
      },
    });
  });

  it('has drifted where the pool gave way to a Service of its name', async () => {
    const service = route(backend('llm-v1', 50))
      .concat()
      .replace(/---$/, '        - { name: llm-v2, port: 80, weight: 50 }\n---');
    expect(
      await observe(service + pool('llm-v1') + pool('llm-v2')),
    ).toMatchObject({ status: 'drift' });
  });
});
