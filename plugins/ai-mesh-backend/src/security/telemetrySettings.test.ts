import fc from 'fast-check';
import {
  snapshotFromYaml,
  snapshotOfObjects,
} from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshWorkload } from './MeshWorkload';
import { telemetrySettings } from './telemetrySettings';

const chat: MeshWorkload = {
  name: { kind: 'Deployment', namespace: 'ai', name: 'chat-v1' },
  labels: { app: 'chat' },
  pods: [],
  proxy: 'sidecar',
  serviceAccount: 'chat',
};

function telemetry(
  spec: string,
  { namespace = 'ai', name = 't', created = '2026-01-01T00:00:00Z' } = {},
): string {
  return `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { namespace: ${namespace}, name: ${name}, creationTimestamp: '${created}' }
spec: ${spec}
---`;
}

const read = (yaml: string) => telemetrySettings(snapshotFromYaml(yaml), chat);

const mesh = { namespace: 'istio-system', name: 'mesh' };
const own = 'selector: { matchLabels: { app: chat } }';

describe('tracing in effect', () => {
  it('is not known where no Telemetry says it', () => {
    expect(read('').tracing).toMatchObject({
      samplingPercent: { status: 'unknown', reason: 'not-configured' },
      disabled: false,
      tags: [],
    });
  });

  it('is taken field by field, the narrowest last; tags as a whole', () => {
    const { tracing } = read(
      telemetry(
        '{ tracing: [{ randomSamplingPercentage: 1, providers: [{ name: zipkin }], customTags: { zone: { literal: { value: eu } } } }] }',
        mesh,
      ) +
        telemetry('{ tracing: [{ randomSamplingPercentage: 10 }] }', {
          name: 'wide',
        }) +
        telemetry(
          `{ ${own}, tracing: [{ customTags: { ai.model: { header: { name: x-ai-model, defaultValue: unknown } }, pod: { environment: { name: POD } } } }] }`,
        ),
    );
    expect(tracing).toMatchObject({
      samplingPercent: { value: 10 },
      samplingFrom: {
        path: 'spec.tracing[0].randomSamplingPercentage',
        object: { name: 'wide' },
      },
      providers: ['zipkin'],
      tags: [
        { name: 'ai.model', value: 'header x-ai-model, defaultValue unknown' },
        { name: 'pod', value: 'environment POD' },
      ],
      modelTag: 'ai.model',
    });
  });

  it.each([
    ['{ llm: { header: { name: x-ai-model } } }', 'llm'],
    [
      '{ gen_ai.request.model: { literal: { value: x } } }',
      'gen_ai.request.model',
    ],
    ['{ remodelled: { literal: { value: model } } }', undefined],
    ['{ zone: { header: { name: x-zone, defaultValue: model } } }', undefined],
  ])('finds the tag of the model in %s', (tags, expected) => {
    expect(
      read(telemetry(`{ tracing: [{ customTags: ${tags} }] }`)).tracing
        .modelTag,
    ).toBe(expected);
  });

  it("leaves out what is for the caller's side", () => {
    expect(
      read(
        telemetry(
          '{ tracing: [{ match: { mode: CLIENT }, randomSamplingPercentage: 100 }] }',
        ),
      ).tracing.samplingPercent.status,
    ).toBe('unknown');
  });

  it('can be switched off', () => {
    expect(
      read(telemetry('{ tracing: [{ disableSpanReporting: true }] }')).tracing
        .disabled,
    ).toBe(true);
  });
});

describe('the access log in effect', () => {
  const envoy = 'providers: [{ name: envoy }]';
  it.each<[string, string, object]>([
    ['nothing said', '', { status: 'mesh-default' }],
    [
      'everything',
      telemetry(`{ accessLogging: [{ ${envoy} }] }`, mesh),
      { status: 'all', providers: ['envoy'] },
    ],
    [
      'a filter of the namespace over the mesh',
      telemetry(`{ accessLogging: [{ ${envoy} }] }`, mesh) +
        telemetry(
          '{ accessLogging: [{ filter: { expression: "response.code >= 400" } }] }',
        ),
      {
        status: 'filtered',
        filter: 'response.code >= 400',
        providers: ['envoy'],
        from: { path: 'spec.accessLogging[0]', object: { name: 't' } },
      },
    ],
    [
      'switched off for the workload',
      telemetry(`{ accessLogging: [{ ${envoy} }] }`, mesh) +
        telemetry(`{ ${own}, accessLogging: [{ disabled: true }] }`),
      { status: 'off', providers: [] },
    ],
    [
      'one provider filtered, one not',
      telemetry(
        '{ accessLogging: [{ providers: [{ name: a }], filter: { expression: x } }, { providers: [{ name: b }] }] }',
      ),
      { status: 'all', providers: ['a', 'b'] },
    ],
    [
      "only the caller's side",
      telemetry(`{ accessLogging: [{ match: { mode: CLIENT }, ${envoy} }] }`),
      { status: 'mesh-default' },
    ],
  ])('%s', (_, yaml, expected) => {
    expect(read(yaml).accessLog).toMatchObject(expected);
  });
});

describe('Telemetry objects that compete or cannot be read', () => {
  it('takes the oldest of a level and says so', () => {
    const { tracing, notes } = read(
      telemetry('{ tracing: [{ randomSamplingPercentage: 5 }] }', {
        name: 'new',
        created: '2026-02-01T00:00:00Z',
      }) +
        telemetry('{ tracing: [{ randomSamplingPercentage: 7 }] }', {
          name: 'old',
        }),
    );
    expect(tracing.samplingPercent).toMatchObject({ value: 7 });
    expect(notes).toMatchObject([
      { at: [{ object: { name: 'old' } }, { object: { name: 'new' } }] },
    ]);
  });

  it('names the field that is unreadable', () => {
    const { notes } = read(
      telemetry('{ tracing: [{ randomSamplingPercentage: "10" }] }'),
    );
    expect(notes).toMatchObject([
      { at: [{ path: 'spec.tracing[0].randomSamplingPercentage' }] },
    ]);
  });

  it('never throws, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            tracing: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
            accessLogging: fc.array(
              fc.record({ providers: fc.jsonValue(), filter: fc.jsonValue() }),
            ),
          }),
        ),
        spec => {
          const snapshot = snapshotOfObjects([
            {
              apiVersion: 'telemetry.istio.io/v1',
              kind: 'Telemetry',
              metadata: { namespace: 'ai', name: 't' },
              spec,
            },
          ]);
          expect(telemetrySettings(snapshot, chat).workload).toBe(chat.name);
        },
      ),
    );
  });
});
