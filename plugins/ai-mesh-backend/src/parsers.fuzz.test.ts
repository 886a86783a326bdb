import { TARGET_ANNOTATIONS } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { attackDocuments, sloDocuments } from './__testUtils__/attackDocuments';
import { spoiled, spoiling } from './__testUtils__/spoiledAnswer';
import { component } from './__testUtils__/startPortal';
import { StallProbe } from './__testUtils__/StallProbe';
import { positionOf } from './canary/service/cursor';
import { readSloSettings } from './config/readSloSettings';
import { parseEntityRefText } from './http/canaries/parseEntityRefText';
import { parseEntityPath } from './http/parseEntityPath';
import { explainKialiError } from './kiali/explainKialiError';
import { parseGraph } from './kiali/parseGraph';
import { parseClusterHealth, parseNamespaceHealth } from './kiali/parseHealth';
import { parseValidations } from './kiali/parseValidations';
import { explainStatus } from './kubernetes/explainStatus';
import { parseOpenSlo } from './slo/openslo/parseOpenSlo';
import { parseLabelSelector } from './target/LabelSelector';
import { marksOf } from './target/ownership/marksOf';
import { parseTargetQuery } from './target/parseTargetQuery';
import { redact } from './target/redact';
import { jaegerTracesSchema } from './tracing/jaegerSchema';

const SEED = Number(process.env.AI_MESH_FUZZ_SEED ?? 1);
const ATTEMPTS = Number(process.env.AI_MESH_FUZZ_PARSES ?? 1000);
const LONGEST_MS = 200;

jest.setTimeout(Math.max(120_000, ATTEMPTS * 20));

const crumb = fc.constantFrom(
  ...['/', ',', '=', '!=', ' in (', ')', '(', ' notin ', '!', '..', '%2e', ':'],
  ...[
    'shop/cart',
    'app',
    'eu-1',
    '\u0000',
    '\r',
    '\n',
    '\u2028',
    '\ud800',
    '#',
  ],
  ...['{', '}', '[', ']', '"', "'", '\\', '- ', '? ', '&a ', '*a', '|', '>-'],
  ...[
    'apiVersion: openslo/v1',
    'kind: SLO',
    '---\n',
    '<<: *a',
    '!!js/function',
  ],
  ...['component:default/x', 'a'.repeat(300), '9'.repeat(40), '__proto__'],
  ...['bearer abcdef', 'https://u:p@host', 'T24:00:00Z'],
);
const text = fc.oneof(
  fc.array(crumb, { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** A right text in which something is put, or from which something is taken. */
const mutant = (right: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...right), fc.nat(), crumb, fc.nat({ max: 20 }))
    .map(([one, where, what, removed]) => {
      const at = where % (one.length + 1);
      return one.slice(0, at) + what + one.slice(at + removed);
    });

const traffic = [{ protocol: 'http', rates: { http: '1.0' }, responses: {} }];
const graph = JSON.stringify({
  timestamp: 1,
  duration: 60,
  graphType: 'workload',
  elements: {
    nodes: [
      {
        data: {
          id: 'a',
          nodeType: 'workload',
          cluster: 'c',
          namespace: 'n',
          workload: 'w',
          traffic,
        },
      },
    ],
    edges: [
      {
        data: {
          id: 'e',
          source: 'a',
          target: 'a',
          traffic: traffic[0],
          isMTLS: '100',
          responseTime: '5',
        },
      },
    ],
  },
});
const health = JSON.stringify({
  namespaceServiceHealth: {
    ai: {
      chat: {
        requests: {
          inbound: { http: { 200: 1 } },
          outbound: {},
          healthAnnotations: {},
        },
      },
    },
  },
});
const validations = JSON.stringify({
  validations: {
    virtualservice: {
      'chat.ai': {
        name: 'chat',
        valid: false,
        checks: [
          { code: 'KIA1', severity: 'error', message: 'm', path: 'spec' },
        ],
      },
    },
  },
});
const jaeger = JSON.stringify([
  {
    traceID: 'a',
    spans: [
      {
        traceID: 'a',
        spanID: 'b',
        operationName: 'o',
        references: [],
        startTime: 1,
        duration: 1,
        tags: [{ key: 'k', value: 'v' }],
        processID: 'p',
      },
    ],
    processes: { p: { serviceName: 's', tags: [] } },
  },
]);
const answer = (right: string) =>
  fc
    .tuple(spoiling, fc.constant(right))
    .map(([how, one]) => spoiled(one, how, []));
const json = (parse: (value: unknown) => unknown) => (one: string) => {
  let value: unknown;
  try {
    value = JSON.parse(one);
  } catch {
    return;
  }
  parse(value);
};

const cursor = Buffer.from(
  JSON.stringify([true, '2026-01-01T00:00:00.000Z', 'c1']),
).toString('base64url');
const { limits } = readSloSettings({});
const slos = Object.values(attackDocuments)
  .map(one => one.text)
  .filter(one => one.length < 3000);

/** What reads a text from outside, what it is given, and the only errors that it may throw. */
const parsers: [
  string,
  fc.Arbitrary<string>,
  (text: string) => unknown,
  readonly string[],
][] = [
  ...TARGET_ANNOTATIONS.map((annotation): (typeof parsers)[number] => [
    annotation,
    fc.oneof(text, mutant(['shop/cart,eu-1/shop/web', 'app=a,b in (c, d),!e'])),
    one => parseTargetQuery(component('x', { [annotation]: one }), ['eu-1']),
    ['InputError', 'NotFoundError'],
  ]),
  [
    'a label selector',
    fc.oneof(text, mutant(['app=a,b in (c, d),!e,f notin (g),h!=i'])),
    parseLabelSelector,
    ['InputError'],
  ],
  [
    'a file of objectives',
    fc.oneof(text, mutant([sloDocuments(2), ...slos])),
    one => parseOpenSlo(one, 'slos.yaml', limits),
    [],
  ],
  [
    'marks',
    text,
    one =>
      marksOf({
        annotations: { 'ai-mesh.io/entity': one, 'ai-mesh.io/owner': one },
      }),
    [],
  ],
  [
    'a cursor',
    fc.oneof(text, fc.base64String(), fc.constant(cursor), mutant([cursor])),
    positionOf,
    ['InputError'],
  ],
  ['an entity reference', text, parseEntityRefText, ['InputError']],
  [
    'a path',
    text,
    one => parseEntityPath({ kind: one, namespace: 'default', name: one }),
    ['InputError'],
  ],
  ['a message with secrets', text, one => redact(one, ['abcdef']), []],
  [
    'a refusal of Kiali',
    fc.oneof(text, answer(health)),
    one => explainKialiError(500, one),
    [],
  ],
  [
    'a refusal of a cluster',
    fc.oneof(text, answer(health)),
    one => explainStatus(403, one, true),
    [],
  ],
  ['a graph of Kiali', answer(graph), json(parseGraph), ['ZodError']],
  ['health of Kiali', answer(health), json(parseClusterHealth), ['ZodError']],
  [
    'health of a namespace',
    answer(health),
    json(one => parseNamespaceHealth('ai', one)),
    ['ZodError'],
  ],
  [
    'validations of Kiali',
    answer(validations),
    json(parseValidations),
    ['ZodError'],
  ],
  [
    'traces of Jaeger',
    answer(jaeger),
    json(one => jaegerTracesSchema.parse(one)),
    ['ZodError'],
  ],
];

describe.each(parsers)('%s', (_, input, parse, errors) => {
  it(`is read or refused, in ${ATTEMPTS} attempts`, () => {
    const probe = new StallProbe();
    let read = 0;
    fc.assert(
      fc.property(input, one => {
        probe.lap();
        try {
          parse(one);
          read += 1;
        } catch (error) {
          if (!errors.includes((error as Error).name)) {
            throw error;
          }
        }
        const stall = probe.lap();
        if (stall > LONGEST_MS) {
          throw new Error(`took ${Math.round(stall)} ms`);
        }
      }),
      { numRuns: ATTEMPTS, seed: SEED, endOnFailure: true },
    );
    expect(read).toBeGreaterThan(0);
  });
});
