import { reviewSchema } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import type { ConfigObject, KubernetesObject } from '../kubernetes/kinds';
import { setValue, applyPatch, removeValue } from '../manifest';
import { reviewOf } from './__testUtils__/reviewOf';
import { soundMesh, type Change } from './__testUtils__/soundMesh';
import { placesIn } from './unreadableIn';

/** Parsed once: nothing here changes it in place. */
const sound = soundMesh();

const KINDS = [
  'VirtualService',
  'DestinationRule',
  'PeerAuthentication',
  'AuthorizationPolicy',
  'Telemetry',
];
const shape = reviewSchema.pick({
  findings: true,
  unreadable: true,
  notJudged: true,
});

/** One object of the mesh with its spec, or a part of it, replaced. */
interface Bad {
  what: string;
  kind: string;
  change: (object: any) => unknown;
  at: string;
}

const bad: Bad[] = [
  ...['VirtualService', 'DestinationRule'].flatMap(kind => [
    {
      what: 'no spec',
      kind,
      at: 'spec',
      change: (object: any) => delete object.spec,
    },
    {
      what: 'a spec of null',
      kind,
      at: 'spec',
      change: (object: any) => {
        object.spec = null;
      },
    },
    {
      what: 'a spec that is a list',
      kind,
      at: 'spec',
      change: (object: any) => {
        object.spec = [];
      },
    },
  ]),
  {
    what: 'weights as texts',
    kind: 'VirtualService',
    at: 'spec.http[1].route[0].weight',
    change: ({ spec }) => {
      spec.http[1].route[0].weight = '90';
    },
  },
  {
    what: 'a weight below nothing',
    kind: 'VirtualService',
    at: 'spec.http[1].route[0].weight',
    change: ({ spec }) => {
      spec.http[1].route[0].weight = -5;
    },
  },
  {
    what: 'an empty list of destinations',
    kind: 'VirtualService',
    at: 'spec.http[0].route',
    change: ({ spec }) => {
      spec.http[0].route = [];
    },
  },
  {
    what: 'rules that are an object',
    kind: 'VirtualService',
    at: 'spec.http',
    change: ({ spec }) => {
      spec.http = { route: [] };
    },
  },
  {
    what: 'a rule of null',
    kind: 'VirtualService',
    at: 'spec.http[2]',
    change: ({ spec }) => spec.http.push(null),
  },
  {
    what: 'a host of 300 characters',
    kind: 'VirtualService',
    at: 'spec.hosts[1]',
    change: ({ spec }) => spec.hosts.push('a'.repeat(300)),
  },
  {
    what: 'a destination of 300 characters',
    kind: 'VirtualService',
    at: 'spec.http[0].route[0].destination.host',
    change: ({ spec }) => {
      spec.http[0].route[0].destination.host = 'a'.repeat(300);
    },
  },
  {
    what: 'a port as a name',
    kind: 'VirtualService',
    at: 'spec.http[0].route[0].destination.port.number',
    change: ({ spec }) => {
      spec.http[0].route[0].destination.port = { number: 'http' };
    },
  },
  {
    what: 'a timeout without a unit',
    kind: 'VirtualService',
    at: 'spec.http[0].timeout',
    change: ({ spec }) => {
      spec.http[0].timeout = 30;
    },
  },
  {
    what: 'whole numbers as texts',
    kind: 'DestinationRule',
    at: 'spec.trafficPolicy.outlierDetection.consecutive5xxErrors',
    change: ({ spec }) => {
      spec.trafficPolicy.outlierDetection.consecutive5xxErrors = '10';
    },
  },
  {
    what: 'an unknown mode of TLS',
    kind: 'DestinationRule',
    at: 'spec.trafficPolicy.tls.mode',
    change: ({ spec }) => {
      spec.trafficPolicy.tls = { mode: 'MAYBE' };
    },
  },
  {
    what: 'an unknown mode of mutual TLS',
    kind: 'PeerAuthentication',
    at: 'spec.mtls.mode',
    change: ({ spec }) => {
      spec.mtls.mode = 'ON';
    },
  },
  {
    what: 'a port by its name',
    kind: 'PeerAuthentication',
    at: 'spec.portLevelMtls.http',
    change: ({ spec }) => {
      spec.portLevelMtls = { http: { mode: 'DISABLE' } };
    },
  },
  {
    what: 'a selector of text',
    kind: 'PeerAuthentication',
    at: 'spec.selector',
    change: ({ spec }) => {
      spec.selector = 'app=chat';
    },
  },
  {
    what: 'an unknown action',
    kind: 'AuthorizationPolicy',
    at: 'spec.action',
    change: ({ spec }) => {
      spec.action = 'PERMIT';
    },
  },
  {
    what: 'a principal outside its list',
    kind: 'AuthorizationPolicy',
    at: 'spec.rules[0].from[0].source.principals',
    change: ({ spec }) => {
      spec.rules[0].from[0].source.principals = 'cluster.local/ns/ai/sa/x';
    },
  },
  {
    what: 'a sampling of more than everything',
    kind: 'Telemetry',
    at: 'spec.tracing[0].randomSamplingPercentage',
    change: ({ spec }) => {
      spec.tracing[0].randomSamplingPercentage = 1000;
    },
  },
];

function meshWith(kind: string, change: (object: any) => unknown) {
  return sound.map(object => {
    if (object.kind !== kind) {
      return object;
    }
    const copy = structuredClone(object);
    change(copy);
    return copy;
  });
}

describe('objects that no schema would allow', () => {
  it.each(bad)(
    'names $at of a $kind with $what, and goes on',
    ({ kind, change, at }) => {
      const review = reviewOf(meshWith(kind, change));
      expect(review.unreadable.map(({ path }) => path)).toContain(at);
      expect(
        review.unreadable.find(({ path }) => path === at)!.message,
      ).toContain(`${at} of ${kind} ai/`);
      shape.parse(review);
    },
  );

  it('names the delegate that goes in circles, and follows it no further', () => {
    const cyclic: Change = spec => {
      spec.http[1] = { delegate: { name: 'a' } };
    };
    const delegates = ['a', 'b']
      .map(
        (name, index) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: ai, name: ${name} }
spec: { http: [{ match: [{ uri: { prefix: /x } }], delegate: { name: ${['b', 'a'][index]} } }] }
`,
      )
      .join('---');
    const review = reviewOf(soundMesh({ VirtualService: cyclic }, delegates));
    // Nobody answers what the split took: the service's rules end with the one for VIPs.
    expect(review.findings.map(({ code }) => code)).toEqual([]);
    expect(review.unreadable).toEqual([
      {
        object: expect.objectContaining({ kind: 'VirtualService', name: 'a' }),
        path: 'spec.http[0]',
        message:
          'spec.http[0] of VirtualService ai/a delegates once more, to ai/b; Istio follows one level only. It was not reviewed.',
        words: [
          {
            key: 'route.delegateNested',
            params: {
              path: 'spec.http[0]',
              delegate: 'VirtualService ai/a',
              nested: 'ai/b',
            },
          },
          { key: 'route.notReviewed' },
        ],
      },
    ]);
    expect(shape.safeParse(review).success).toBe(true);
  });

  const steps = (value: unknown, path: string[] = []): string[][] =>
    typeof value === 'object' && value !== null
      ? [
          path,
          ...Object.entries(value).flatMap(([key, inner]) =>
            steps(inner, [...path, key]),
          ),
        ]
      : [path];
  const junk = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<unknown>(
      null,
      '',
      '90',
      -1,
      1.5,
      1e30,
      [],
      {},
      [null],
      [[]],
      { name: null },
      'a'.repeat(300),
      '*',
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  /** A place in one object of the mesh, and what to put there; undefined: nothing. */
  const spoilt = fc.constantFrom(...KINDS).chain(kind => {
    const object = sound.find(one => one.kind === kind)!;
    return fc.tuple(
      fc.constant(kind),
      fc.constantFrom(...steps(object.spec).map(path => ['spec', ...path])),
      junk,
    );
  });

  function spoil(
    objects: readonly KubernetesObject[],
    [kind, path, value]: [string, string[], unknown],
  ) {
    return objects.map(object =>
      object.kind === kind
        ? applyPatch(
            object,
            value === undefined
              ? removeValue(object, path)
              : setValue(object, path, value),
          )
        : object,
    );
  }

  it('are reviewed without an exception, and no unreadable place is passed in silence', () => {
    fc.assert(
      fc.property(spoilt, change => {
        const objects = spoil(sound, change);
        const review = reviewOf(objects);
        shape.parse(review);
        const object = objects.find(({ kind }) => kind === change[0])!;
        const places = unreadablePlaces(object as ConfigObject);
        expect(
          review.unreadable
            .filter(({ object: { kind } }) => kind === change[0])
            .map(({ path }) => path)
            .sort(),
        ).toEqual(places.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('are reviewed without an exception, however much of them is spoilt', () => {
    fc.assert(
      fc.property(fc.array(spoilt, { maxLength: 6 }), changes => {
        const review = reviewOf(changes.reduce(spoil, sound));
        shape.parse(review);
        for (const { message } of review.findings) {
          expect(message).not.toMatch(/undefined|NaN|\[object/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function unreadablePlaces(object: ConfigObject): string[] {
  return placesIn(object).map(({ path }) => path);
}

it('says how many places of an object are not told one by one', () => {
  const route = sound.find(({ kind }) => kind === 'VirtualService')!;
  const [{ route: destinations }] = (
    route as unknown as { spec: { http: { route: object[] }[] } }
  ).spec.http;
  const broken = {
    ...route,
    spec: {
      ...(route as { spec: object }).spec,
      http: Array.from({ length: 25 }, () => ({
        route: destinations,
        timeout: 7,
      })),
    },
  } as KubernetesObject;
  const { unreadable } = reviewOf(
    sound.map(object => (object === route ? broken : object)),
  );
  const [last, ...none] = unreadable.filter(({ message }) =>
    message.includes('more places'),
  );
  expect(none).toEqual([]);
  expect(last.path).toBe('spec.http[19].timeout');
  expect(last.message).toMatch(/ 5 more places of it cannot be read either\.$/);
});
