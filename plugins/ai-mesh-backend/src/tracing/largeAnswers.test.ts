import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { ZodError } from 'zod';
import { StallProbe } from '../__testUtils__/StallProbe';
import { parseGraph } from '../kiali/parseGraph';
import { parseClusterHealth } from '../kiali/parseHealth';
import { parseValidations } from '../kiali/parseValidations';
import { SourceHttp } from '../target/SourceHttp';
import { jaegerAnswerSchema, jaegerTracesSchema } from './jaegerSchema';
import { otlpTracesSchema } from './otlp';
import { tempoSearchSchema, tempoValuesSchema } from './tempoSchema';

const LONGEST_STALL_MS = 200;
/** Nearly what may be read of an answer, characters. */
const LENGTH = 8_000_000;

/** So many of something that they fill an answer. */
function many(one: (n: number) => string): string {
  const count = Math.floor(LENGTH / (one(100_000).length + 1));
  return Array.from({ length: count }, (_, n) => one(n)).join();
}

const jaeger = async (json: unknown) =>
  jaegerTracesSchema.parseAsync(jaegerAnswerSchema.parse(json).data);
const otlp = (json: unknown) => otlpTracesSchema.parseAsync(json);
const trace = (spans: string, processes = '"p":{"serviceName":"x"}') =>
  `{"data":[{"traceID":"a","processes":{${processes}},"spans":[${spans}]}]}`;
const span = (tags: string) =>
  `{"spanID":"s","operationName":"x","startTime":1,"duration":1,"processID":"p","tags":[${tags}]}`;
const graph = (nodes: string, edges: string) =>
  `{"timestamp":1,"duration":1,"graphType":"x","elements":{"nodes":[${nodes}],"edges":[${edges}]}}`;
const scopes = (spans: string) =>
  `{"resourceSpans":[{"scopeSpans":[{"spans":[${spans}]}]}]}`;

type Read = (json: unknown) => Promise<unknown>;

const right: [string, string, Read][] = [
  ['spans', trace(many(() => span('{"key":"a","value":200}'))), jaeger],
  [
    'processes',
    trace(
      '',
      many(n => `"p${n}":{"serviceName":"x"}`),
    ),
    jaeger,
  ],
  [
    'spans as OTLP',
    scopes(
      many(
        n =>
          `{"traceId":"${n}","spanId":"1","startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[{"key":"a","value":{"stringValue":"x"}}]}`,
      ),
    ),
    otlp,
  ],
  ['resources without spans', `{"batches":[${many(() => '{}')}]}`, otlp],
  [
    'hits of Tempo',
    `{"traces":[${many(n => `{"traceID":"${n}"}`)}]}`,
    json => tempoSearchSchema.parseAsync(json),
  ],
  [
    'values of a tag',
    `{"tagValues":[${many(n => `{"value":"${n}"}`)}]}`,
    json => tempoValuesSchema.parseAsync(json),
  ],
  [
    'nodes of Kiali',
    graph(
      many(
        n =>
          `{"data":{"id":"${n}","service":"x","traffic":[{"protocol":"http","rates":{"httpIn":"1.00"}}]}}`,
      ),
      '',
    ),
    parseGraph,
  ],
  [
    'edges of Kiali',
    graph(
      '',
      many(
        n =>
          `{"data":{"id":"${n}","source":"1","target":"2","traffic":{"protocol":"http","rates":{"http":"1.00"}}}}`,
      ),
    ),
    parseGraph,
  ],
  [
    'checks of Kiali',
    `{"validations":{"x":{${many(n => `"n${n}.ai":{"valid":true,"checks":[{"message":"x"}]}`)}}}}`,
    parseValidations,
  ],
  [
    'health of Kiali',
    `{"namespaceServiceHealth":{"x":{${many(n => `"n${n}":{"requests":{"inbound":{"http":{"200":1}}}}`)}}}}`,
    parseClusterHealth,
  ],
];

const nothings = many(() => '{}');
const wrong: [string, string, Read][] = [
  ['traces', `{"data":[${nothings}]}`, jaeger],
  ['spans', trace(nothings), jaeger],
  ['nodes of Kiali', graph(nothings, ''), parseGraph],
];
const attributes = many(n => `{"key":"k${n}","value":{"arrayValue":1}}`);
const excessive: [string, string, Read][] = [
  ["a span's tags", trace(span(attributes)), jaeger],
  [
    "a span's attributes",
    scopes(`{"spanId":"1","attributes":[${attributes}]}`),
    otlp,
  ],
];

describe('an answer of eight megabytes', () => {
  const probe = new StallProbe();
  const http = new SourceHttp({
    subject: wording('verbatim', { text: 'A source' }),
    key: 'tracing',
    cluster: 'shop',
    timeoutMs: 1000,
    secrets: [],
    advice: { tooLarge: 'source.shorterWindow', late: 'source.shorter' },
  });

  beforeAll(() => {
    probe.start();
  });
  afterAll(() => probe.stop());

  // Of many objects, and of many keys of one. What it is made of makes no other difference to this.
  it.each(right.slice(0, 2))(
    'of %s is parsed while others have their turn',
    async (...one) => {
      const [, text] = one;
      probe.lap();
      await http.parse(text);
      expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    },
  );

  it.each(right)(
    'of %s is read while others have their turn',
    async (...one) => {
      const [, text, read] = one;
      const json = JSON.parse(text);
      probe.lap();
      await read(json);
      expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    },
  );

  it.each(wrong)(
    'of %s that are none is refused at the first, while others have their turn',
    async (...one) => {
      const [, text, read] = one;
      const json = JSON.parse(text);
      probe.lap();
      const problem = await read(json).then(
        () => undefined,
        (error: ZodError) => error,
      );
      expect(problem?.issues).toEqual([
        expect.objectContaining({ path: expect.arrayContaining([0]) }),
      ]);
      expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    },
  );

  it.each(excessive)('is refused for all of %s', async (...one) => {
    const [, text, read] = one;
    const json = JSON.parse(text);
    probe.lap();
    await expect(read(json)).rejects.toThrow('at most 10000');
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
  });
});
