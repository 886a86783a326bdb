const traffic = [{ protocol: 'http', rates: { http: '1.0' }, responses: {} }];

const otlpSpan = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '00f067aa0ba902b7',
  name: 'POST /chat',
  kind: 'SPAN_KIND_SERVER',
  startTimeUnixNano: '1764252000000000000',
  endTimeUnixNano: 1764252001000000000,
  attributes: [
    { key: 'http.status_code', value: { intValue: '200' } },
    { key: 'ai.model', value: { stringValue: 'gpt-4' } },
  ],
  status: { code: 2 },
};
const resourceSpans = [
  {
    resource: {
      attributes: [{ key: 'service.name', value: { stringValue: 'chat.ai' } }],
    },
    scopeSpans: [{ spans: [otlpSpan, { ...otlpSpan, spanId: 'b7ad' }] }],
  },
];

/** What each source answers where nothing is wrong, as little of it as holds every field that is read. */
export const rightAnswers = {
  kialiGraph: {
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
  },
  kialiHealth: {
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
  },
  kialiValidations: {
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
  },
  jaeger: {
    data: [
      {
        traceID: 'a',
        spans: [
          {
            traceID: 'a',
            spanID: 'b',
            operationName: 'o',
            references: [{ refType: 'CHILD_OF', traceID: 'a', spanID: 'c' }],
            startTime: 1764252000000000,
            duration: 1000,
            tags: [{ key: 'http.status_code', value: 500 }],
            processID: 'p',
          },
        ],
        processes: { p: { serviceName: 'chat.ai', tags: [] } },
      },
    ],
    errors: null,
  },
  jaegerServices: { data: ['chat.ai', 'qa.ai'], errors: null },
  jaegerV3: { result: { resourceSpans } },
  tempoSearch: {
    traces: [
      {
        traceID: 'af7651916cd43dd8448eb211c80319c',
        startTimeUnixNano: '1764252000000000000',
        durationMs: 1000,
        spanSets: [{ spans: [{ spanID: 'b7ad', durationNanos: '1000000' }] }],
        spanSet: { spans: [{ durationNanos: 1000000 }] },
      },
    ],
    metrics: { inspectedTraces: 1 },
  },
  tempoValues: {
    tagValues: [{ type: 'string', value: 'chat.ai' }, 'qa.ai'],
    metrics: {},
  },
  tempoTrace: { trace: { resourceSpans }, metrics: {} },
  tempoOldTrace: { batches: resourceSpans },
  prometheusVector: {
    status: 'success',
    data: {
      resultType: 'vector',
      result: [
        { metric: { version: 'v1', part: 'a' }, value: [1764252000, '1.5'] },
        { metric: { version: 'v2', part: 'a' }, value: [1764252000.5, '+Inf'] },
      ],
    },
    warnings: ['w'],
    infos: ['i'],
  },
  prometheusMatrix: {
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: { version: 'v1' },
          values: [
            [1764252000, '1'],
            [1764252015, 'NaN'],
          ],
        },
      ],
    },
  },
  prometheusRefusal: {
    status: 'error',
    errorType: 'bad_data',
    error: 'parse error: "unexpected" end\n of input',
  },
  tracingRefusal: { errors: [{ code: 400, msg: 'no "service"\n given' }] },
  verdict: { verdict: 'hold', reason: 'The freeze ends on Monday.' },
  clusterList: {
    kind: 'List',
    metadata: { resourceVersion: '7', continue: '' },
    items: [{ metadata: { name: 'chat', namespace: 'ai', uid: 'u' } }],
  },
  clusterStatus: {
    kind: 'Status',
    status: 'Failure',
    message: 'services is forbidden',
    reason: 'Forbidden',
    details: { causes: [{ message: 'm', field: 'f' }] },
    code: 403,
  },
  meshConfig: {
    metadata: { name: 'istio-sidecar-injector', namespace: 'istio-system' },
    data: {
      mesh: 'defaultConfig: {}',
      values: '{"sidecarInjectorWebhook":{"enableNamespacesByDefault":true}}',
    },
  },
} as const;
