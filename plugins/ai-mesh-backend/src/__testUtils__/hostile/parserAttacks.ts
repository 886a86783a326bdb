import {
  fixSourceSchema,
  fleetRequestSchema,
  mayCallRequestSchema,
  TARGET_ANNOTATIONS,
  topologyRequestSchema,
  traceSchema,
  tracesRequestSchema,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConfigReader } from '@backstage/config';
import fc from 'fast-check';
import { z } from 'zod';
import { verdictOf } from '../../canary/engine/askWebhooks';
import { readValue } from '../../canary/evidence/readQuality';
import { positionOf } from '../../canary/service/cursor';
import { readSettings } from '../../config/readSettings';
import { readSloSettings } from '../../config/readSloSettings';
import { readExemptions } from '../../facts/checks/exemptions';
import { hostDialects } from '../../gitHosts/hostDialects';
import { parseEntityRefText } from '../../http/canaries/parseEntityRefText';
import { momentOf } from '../../http/moment';
import { pageQuerySchema } from '../../http/pageQuery';
import { parseEntityPath } from '../../http/parseEntityPath';
import { parseQuery } from '../../http/parseQuery';
import { explainKialiError } from '../../kiali/explainKialiError';
import { parseGraph } from '../../kiali/parseGraph';
import {
  parseClusterHealth,
  parseNamespaceHealth,
} from '../../kiali/parseHealth';
import { parseValidations } from '../../kiali/parseValidations';
import { explainStatus } from '../../kubernetes/explainStatus';
import { trackerOf } from '../../kubernetes/gitOps';
import { stripConfigMap } from '../../kubernetes/stripConfigMap';
import { answerSchema } from '../../prometheus/answerSchema';
import { readInstant, readRange } from '../../prometheus/readResult';
import { explainRefusal } from '../../prometheus/explainRefusal';
import {
  parseCounterTemplate,
  parseValueTemplate,
} from '../../prometheus/series';
import {
  readApplication,
  readGitRepository,
  readHelmRelease,
  readKustomization,
} from '../../source/readTracker';
import { fromAnnotation } from '../../source/tellSource';
import { locateObjectives } from '../../slo/openslo/locateObjectives';
import { parseOpenSlo } from '../../slo/openslo/parseOpenSlo';
import { parseLabelSelector } from '../../target/LabelSelector';
import { marksOf } from '../../target/ownership/marksOf';
import { parseTargetQuery } from '../../target/parseTargetQuery';
import { redact } from '../../target/redact';
import { SourceHttp } from '../../target/SourceHttp';
import { readTrace } from '../../traces/readTrace';
import { tracingSettings } from '../../tracing/__testUtils__/tracingSettings';
import { explainTracingRefusal } from '../../tracing/explainTracingRefusal';
import { jaegerV1 } from '../../tracing/jaegerV1';
import { jaegerV3 } from '../../tracing/jaegerV3';
import {
  tempoSearchSchema,
  tempoTraceSchema,
  tempoValuesSchema,
} from '../../tracing/tempoSchema';
import type { FoundTrace } from '../../tracing/TracingClient';
import { TracingHttp } from '../../tracing/TracingHttp';
import { readReply } from '../../webhooks/WebhookClient';
import { attackDocuments, sloDocuments } from '../attackDocuments';
import { spoiled, spoiling } from '../spoiledAnswer';
import { component } from '../startPortal';
import { hostileText, mutant } from './hostileText';
import { rightAnswers } from './rightAnswers';

/** What reads a text from outside, what it is given, and the only errors that it may throw. */
export interface ParserAttack {
  input: fc.Arbitrary<string>;
  parse(text: string): unknown;
  errors: readonly string[];
  /** The files of the product that it reaches, from `src`. */
  files: readonly string[];
}

const answer = (right: object) =>
  fc
    .tuple(spoiling, fc.constant(JSON.stringify(right)))
    .map(([how, one]) => spoiled(one, how, []));

/** What comes after the text was read as JSON. */
const json = (parse: (value: any) => unknown) => async (one: string) => {
  let value: unknown;
  try {
    value = JSON.parse(one);
  } catch {
    return;
  }
  await parse(value);
};

const headers = (type = 'application/json') =>
  new Headers({ 'content-type': type });
const http = new TracingHttp('shop', tracingSettings('http://127.0.0.1:1'));
const answered = (body: string) => ({ status: 200, headers: headers(), body });
const search = {
  of: { names: ['chat.ai'], workloads: [] },
  start: new Date(0),
  end: new Date(1),
  limit: 20,
  wanted: { by: 'duration' as const, most: 5 },
};

/** As a screen gets it. */
function shown(traces: readonly FoundTrace[]): void {
  for (const trace of traces) {
    if (trace.spans.length > 0) {
      traceSchema.parse(
        readTrace(trace, {
          cluster: 'shop',
          isOwn: () => true,
          urlOf: id => `http://tracing/${encodeURIComponent(id)}`,
        }),
      );
    }
  }
}

const cursor = Buffer.from(
  JSON.stringify([true, '2026-01-01T00:00:00.000Z', 'c1']),
).toString('base64url');
const { limits } = readSloSettings({});
const slos = Object.values(attackDocuments)
  .map(one => one.text)
  .filter(one => one.length < 3000);

const tracked = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { namespace: 'ai', name: 'chat' },
};

/** A section of `aiMesh` that is right but for something. */
const settings = (
  right: object,
  at: (value: unknown) => object,
): Omit<ParserAttack, 'files'> => ({
  input: answer(right),
  parse: json(value =>
    readSettings(new ConfigReader({ aiMesh: at(value) } as never)),
  ),
  errors: ['InputError'],
});

/** A query of an address, as one would write it. */
const queries = (...rights: string[]) =>
  fc.oneof(mutant(...rights), hostileText);
const query = (schema: z.ZodType) => (one: string) => {
  const read = parseQuery(schema, Object.fromEntries(new URLSearchParams(one)));
  return momentOf(read, new Date('2026-11-27T00:00:00Z'));
};

const gates = [
  {
    name: 'votes',
    title: { en: 'Votes', zh: '票' },
    kind: 'share',
    use: 'default',
    ifMissing: 'hold',
    bad: 'votes_total{vote="no",{{selector}}}',
    all: 'votes_total{ {{selector}} }',
    rollBackAbove: 0.3,
    advanceBelow: 0.2,
    nonInferiorityMargin: 0.05,
    leastCount: 20,
  },
  {
    name: 'score',
    title: { en: 'Score' },
    kind: 'value',
    query: 'avg(score{version="{{version}}",{{selector}}})',
    better: 'higher',
    rollBack: { bound: 0.5 },
    advance: { bound: 0.7, timesStable: 1 },
  },
];
const webhooks = [
  {
    name: 'change-board',
    events: ['before-start', 'before-step', 'after-promotion', 'on-roll-back'],
    url: 'https://change.example.com/hooks',
    secret: 'a secret of the change board',
    timeout: '10s',
    retries: 2,
    tls: { caFile: '/etc/ca.crt', skipVerify: false },
  },
];

/** By name. A test beside `parsers.fuzz.test.ts` fails for a file that reads texts from outside and is in none of them. */
export const parserAttacks: Record<string, ParserAttack> = {
  ...Object.fromEntries(
    Object.entries(hostDialects).flatMap(
      ([host, { example, apiPath, read }]): [string, ParserAttack][] => [
        [
          `a pull request of ${host}`,
          {
            input: answer({
              state: host.startsWith('bitbucket') ? 'MERGED' : 'closed',
              status: 'completed',
              merged: true,
              title: 'x',
            }),
            parse: read,
            errors: ['SyntaxError', 'ZodError'],
            files: ['gitHosts/hostDialects.ts'],
          },
        ],
        [
          `the page of a pull request of ${host}`,
          {
            input: mutant(new URL(example).pathname),
            parse: apiPath,
            errors: [],
            files: ['gitHosts/hostDialects.ts'],
          },
        ],
      ],
    ),
  ),
  ...Object.fromEntries(
    TARGET_ANNOTATIONS.map((annotation): [string, ParserAttack] => [
      annotation,
      {
        input: fc.oneof(
          hostileText,
          mutant('shop/cart,eu-1/shop/web', 'app=a,b in (c, d),!e'),
        ),
        parse: one =>
          parseTargetQuery(component('x', { [annotation]: one }), ['eu-1']),
        errors: ['InputError', 'NotFoundError'],
        files: ['target/parseTargetQuery.ts'],
      },
    ]),
  ),
  'a label selector': {
    input: fc.oneof(
      hostileText,
      mutant('app=a,b in (c, d),!e,f notin (g),h!=i'),
    ),
    parse: parseLabelSelector,
    errors: ['WordedError'],
    files: ['target/LabelSelector.ts'],
  },
  'where a file of objectives is': {
    input: fc.oneof(
      hostileText,
      mutant('./slos.yaml', 'https://host/slos.yaml'),
    ),
    parse: one =>
      locateObjectives(
        component('x', {
          'ai-mesh.io/slos': one,
          'backstage.io/managed-by-location': `url:https://host/${one}`,
        }),
        (path, base) => `${base}${path}`,
      ),
    errors: ['WordedError'],
    files: ['slo/openslo/locateObjectives.ts'],
  },
  'a file of objectives': {
    input: fc.oneof(hostileText, mutant(sloDocuments(2), ...slos)),
    parse: one => parseOpenSlo(one, 'slos.yaml', limits),
    errors: [],
    files: ['slo/openslo/parseOpenSlo.ts'],
  },
  'exemptions from checks': {
    input: fc.oneof(
      hostileText,
      mutant('mtls until 2026-12-31: because\nretries until 2026-02-30: x'),
    ),
    parse: one =>
      readExemptions(component('x', { 'ai-mesh.io/exemptions': one }), [
        'mtls',
      ]),
    errors: [],
    files: ['facts/checks/exemptions.ts'],
  },
  'where an object is kept': {
    input: fc.oneof(
      hostileText,
      mutant('https://a:b@host/x.git', 'git@host.example:acme/x.git'),
    ),
    parse: one => {
      const source = fixSourceSchema.parse(fromAnnotation(one));
      // What is taken over is of Git's protocols, and a user or password is not.
      if (
        source.status === 'known' &&
        !/^(https?|ssh|git):\/\/[^/@]+(\/|$)/.test(source.repository)
      ) {
        throw new Error(
          `It is no address of a repository: ${source.repository}`,
        );
      }
      trackerOf({
        ...tracked,
        metadata: {
          ...tracked.metadata,
          annotations: { 'argocd.argoproj.io/tracking-id': one },
          labels: { 'app.kubernetes.io/instance': one },
        },
      });
    },
    errors: [],
    files: ['source/tellSource.ts'],
  },
  'what keeps an object': {
    input: answer({
      metadata: { namespace: 'flux-system' },
      spec: {
        url: 'https://host/x.git',
        path: './a',
        source: { repoURL: 'https://host/x', path: 'a' },
        sourceRef: { kind: 'GitRepository', name: 'x' },
        chart: {
          spec: { chart: 'a', sourceRef: { kind: 'GitRepository', name: 'x' } },
        },
      },
      status: {
        resources: [
          {
            group: 'networking.istio.io',
            kind: 'VirtualService',
            namespace: 'ai',
            name: 'chat',
          },
        ],
        inventory: {
          entries: [{ id: 'ai_chat_networking.istio.io_VirtualService' }],
        },
      },
    }),
    parse: json(value => {
      for (const read of [
        readApplication,
        readKustomization,
        readHelmRelease,
      ]) {
        read(value, tracked);
      }
      readGitRepository(value, {
        status: 'reference',
        namespace: 'flux-system',
        name: 'x',
        by: 'kustomize',
      });
    }),
    errors: [],
    files: ['source/readTracker.ts'],
  },
  'marks of a Service': {
    input: hostileText,
    parse: one =>
      marksOf({
        annotations: { 'ai-mesh.io/entity': one, 'ai-mesh.io/owner': one },
      }),
    errors: [],
    files: ['target/ownership/marksOf.ts'],
  },
  "a list's cursor": {
    input: fc.oneof(hostileText, fc.base64String(), mutant(cursor)),
    parse: positionOf,
    errors: ['InputError'],
    files: ['canary/service/cursor.ts'],
  },
  'an entity reference': {
    input: fc.oneof(hostileText, mutant('component:default/chat')),
    parse: parseEntityRefText,
    errors: ['InputError'],
    files: ['http/canaries/parseEntityRefText.ts'],
  },
  'a path': {
    input: hostileText,
    parse: one =>
      parseEntityPath({ kind: one, namespace: 'default', name: one }),
    errors: ['InputError'],
    files: ['http/parseEntityPath.ts'],
  },
  'the question of a topology at a moment': {
    input: queries(
      'window=15m&depth=3&at=2026-11-26T14:05:00Z',
      'at=2026-11-26T14:05:00.123456789-12:00',
      'at=0001-01-01T00:00:00Z&depth=1',
    ),
    parse: query(topologyRequestSchema),
    errors: ['InputError'],
    files: ['http/parseQuery.ts', 'http/moment.ts'],
  },
  'the question of who may call': {
    input: queries(
      'cluster=a&namespace=b&service=c&principal=cluster.local/ns/a/sa/b&method=GET&path=/a&port=80&ip=10.0.0.1&headers=a:%20b',
      'cluster=a&namespace=b&service=c&callerNamespace=d&callerWorkload=e',
    ),
    parse: query(mayCallRequestSchema),
    errors: ['InputError'],
    files: ['http/parseQuery.ts'],
  },
  'the question of a fleet': {
    input: queries(
      'sort=errors&order=desc&search=a&owner=a,b&failing=true&limit=9',
    ),
    parse: query(fleetRequestSchema),
    errors: ['InputError'],
    files: ['http/parseQuery.ts'],
  },
  'the question of traces': {
    input: queries(
      'window=1h&model=gpt-4&slowerThanMs=0.5&at=2026-11-26T14:05:00Z',
    ),
    parse: query(tracesRequestSchema),
    errors: ['InputError'],
    files: ['http/parseQuery.ts'],
  },
  'the question of a page': {
    input: queries('limit=50&cursor=eyJ'),
    parse: query(pageQuerySchema),
    errors: ['InputError'],
    files: ['http/parseQuery.ts'],
  },
  'a message with secrets': {
    input: hostileText,
    parse: one => redact(one, ['abcdef']),
    errors: [],
    files: ['target/redact.ts'],
  },
  "a source's JSON": {
    input: fc.oneof(hostileText, answer(rightAnswers.prometheusVector)),
    parse: one =>
      new SourceHttp({
        subject: wording('verbatim', { text: 'A source' }),
        key: 'prometheus',
        cluster: 'shop',
        timeoutMs: 1000,
        secrets: ['abcdef'],
        advice: { tooLarge: 'source.shorterWindow', late: 'source.shorter' },
      }).parse(one),
    errors: ['SourceError'],
    files: ['target/SourceHttp.ts'],
  },
  'a refusal of Kiali': {
    input: fc.oneof(hostileText, answer(rightAnswers.kialiHealth)),
    parse: one => explainKialiError(500, one),
    errors: [],
    files: ['kiali/explainKialiError.ts'],
  },
  'a graph of Kiali': {
    input: answer(rightAnswers.kialiGraph),
    parse: json(parseGraph),
    errors: ['ZodError'],
    files: ['kiali/parseGraph.ts'],
  },
  'health of Kiali': {
    input: answer(rightAnswers.kialiHealth),
    parse: json(parseClusterHealth),
    errors: ['ZodError'],
    files: ['kiali/parseHealth.ts'],
  },
  'health of a namespace': {
    input: answer(rightAnswers.kialiHealth),
    parse: json(one => parseNamespaceHealth('ai', one)),
    errors: ['ZodError'],
    files: ['kiali/parseHealth.ts'],
  },
  'validations of Kiali': {
    input: answer(rightAnswers.kialiValidations),
    parse: json(parseValidations),
    errors: ['ZodError'],
    files: ['kiali/parseValidations.ts'],
  },
  'a refusal of a cluster': {
    input: fc.oneof(hostileText, answer(rightAnswers.clusterStatus)),
    parse: one => explainStatus(403, one, true),
    errors: [],
    files: ['kubernetes/explainStatus.ts'],
  },
  "a control plane's configuration": {
    input: fc.oneof(
      mutant(rightAnswers.meshConfig.data.values),
      answer(JSON.parse(rightAnswers.meshConfig.data.values)),
    ),
    parse: one =>
      stripConfigMap({
        ...rightAnswers.meshConfig,
        apiVersion: 'v1',
        kind: 'ConfigMap',
        data: { mesh: one, values: one },
      }),
    errors: [],
    files: ['kubernetes/stripConfigMap.ts'],
  },
  'a refusal of Prometheus': {
    input: fc.oneof(
      hostileText,
      answer(rightAnswers.prometheusRefusal),
      mutant(JSON.stringify(rightAnswers.prometheusRefusal)),
    ),
    parse: one =>
      [400, 422, 500, 503].map(status =>
        explainRefusal({ status, headers: headers() }, one),
      ),
    errors: [],
    files: ['prometheus/explainRefusal.ts', 'target/saidIn.ts'],
  },
  'a vector of Prometheus': {
    input: answer(rightAnswers.prometheusVector),
    parse: json(async one =>
      readValue((await readInstant(answerSchema.parse(one).data)).samples),
    ),
    errors: ['ZodError', 'NotInFormat'],
    files: [
      'prometheus/readResult.ts',
      'prometheus/HttpPrometheusClient.ts',
      'canary/evidence/readQuality.ts',
    ],
  },
  'a matrix of Prometheus': {
    input: answer(rightAnswers.prometheusMatrix),
    parse: json(one => readRange(answerSchema.parse(one).data)),
    errors: ['ZodError', 'NotInFormat'],
    files: ['prometheus/readResult.ts', 'prometheus/HttpPrometheusClient.ts'],
  },
  'counters of a quality gate': {
    input: fc.oneof(hostileText, mutant(gates[0].bad!, gates[0].all!)),
    parse: parseCounterTemplate,
    errors: ['Error', 'WordedError'],
    files: ['prometheus/series/templates.ts'],
  },
  'a value of a quality gate': {
    input: fc.oneof(
      hostileText,
      mutant(gates[1].query!, 'max_over_time(a{ {{selector}} }[{{window}}])'),
    ),
    parse: parseValueTemplate,
    errors: ['Error'],
    files: ['prometheus/series/templates.ts'],
  },
  'settings of quality gates': {
    ...settings(gates, one => ({ canary: { gates: one } })),
    files: ['config/readSettings.ts', 'config/gateSchema.ts'],
  },
  'settings of webhooks': {
    ...settings(webhooks, one => ({ canary: { webhooks: one } })),
    files: ['config/readSettings.ts', 'config/serverParts.ts'],
  },
  'settings of objectives': {
    ...settings(
      {
        objectives: [{ name: 'success', target: 0.99 }],
        prices: [
          { model: 'gpt-4', validFrom: '2026-01-01', input: 1, output: 2 },
        ],
        limits: { bytes: 1000 },
      },
      one => ({ slo: one }),
    ),
    files: ['config/readSloSettings.ts'],
  },
  "a webhook's answer": {
    input: fc.oneof(hostileText, answer(rightAnswers.verdict)),
    parse: one =>
      verdictOf({
        status: 'answered',
        tries: 1,
        body: readReply(200, 'application/json', one),
      }),
    errors: ['Error'],
    files: ['webhooks/WebhookClient.ts', 'canary/engine/askWebhooks.ts'],
  },
  'a refusal of a tracing system': {
    input: fc.oneof(
      hostileText,
      answer(rightAnswers.tracingRefusal),
      mutant(JSON.stringify(rightAnswers.tracingRefusal)),
    ),
    parse: one =>
      [400, 401, 500, 503].map(status =>
        explainTracingRefusal({ status, headers: headers() }, one),
      ),
    errors: [],
    files: ['tracing/explainTracingRefusal.ts', 'target/saidIn.ts'],
  },
  'traces of Jaeger': {
    input: answer(rightAnswers.jaeger),
    parse: async one =>
      shown(
        (
          await jaegerV1.readTraces(
            http,
            answered(one) as never,
            'chat.ai',
            search,
          )
        ).traces,
      ),
    errors: ['SourceError'],
    files: [
      'tracing/jaegerV1.ts',
      'tracing/jaegerSchema.ts',
      'tracing/TracingHttp.ts',
    ],
  },
  'services of Jaeger': {
    input: answer(rightAnswers.jaegerServices),
    parse: one => jaegerV1.readServices(http, answered(one) as never),
    errors: ['SourceError'],
    files: ['tracing/jaegerV1.ts'],
  },
  "traces of Jaeger's third API": {
    input: answer(rightAnswers.jaegerV3),
    parse: async one =>
      shown(
        (
          await jaegerV3.readTraces(
            http,
            answered(one) as never,
            'chat.ai',
            search,
          )
        ).traces,
      ),
    errors: ['SourceError'],
    files: ['tracing/jaegerV3.ts', 'tracing/otlp.ts'],
  },
  'a search of Tempo': {
    input: answer(rightAnswers.tempoSearch),
    parse: json(one => tempoSearchSchema.parseAsync(one)),
    errors: ['ZodError'],
    files: ['tracing/tempoSchema.ts', 'tracing/TempoTracingClient.ts'],
  },
  'values of a tag of Tempo': {
    input: answer(rightAnswers.tempoValues),
    parse: json(one => tempoValuesSchema.parseAsync(one)),
    errors: ['ZodError'],
    files: ['tracing/tempoSchema.ts'],
  },
  'a trace of Tempo': {
    input: fc.oneof(
      answer(rightAnswers.tempoTrace),
      answer(rightAnswers.tempoOldTrace),
    ),
    parse: json(async one => shown(await tempoTraceSchema.parseAsync(one))),
    errors: ['ZodError'],
    files: ['tracing/tempoSchema.ts', 'tracing/otlp.ts'],
  },
};
