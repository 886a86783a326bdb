import { otlpTracesSchema } from './otlp';

async function read(span: object, more: object = {}) {
  const [trace] = await otlpTracesSchema.parseAsync({
    resourceSpans: [{ scopeSpans: [{ spans: [span] }], ...more }],
  });
  return trace;
}

describe('traces as OTLP', () => {
  it.each([
    ['5b8efff798038103d269b633813fc60c', '5b8efff798038103d269b633813fc60c'],
    ['5B8EFFF798038103D269B633813FC60C', '5b8efff798038103d269b633813fc60c'],
    ['W47/95gDgQPSabYzgT/GDA==', '5b8efff798038103d269b633813fc60c'],
  ])('reads the identifier %s', async (traceId, expected) => {
    expect(await read({ traceId, spanId: '7uGbfsPBsXQ=' })).toMatchObject({
      traceId: expected,
      spans: [{ spanId: 'eee19b7ec3c1b174' }],
    });
  });

  it.each([
    [{ stringValue: 'a' }, 'a'],
    [{ intValue: '42' }, '42'],
    [{ intValue: 42 }, '42'],
    [{ boolValue: true }, 'true'],
    [{ doubleValue: 0.5 }, '0.5'],
    [
      { arrayValue: { values: [{ stringValue: 'a' }] } },
      '{"arrayValue":{"values":[{"stringValue":"a"}]}}',
    ],
  ])('reads the attribute %j', async (value, expected) => {
    const { spans } = await read({
      spanId: '7uGbfsPBsXQ=',
      attributes: [{ key: 'k', value }],
    });
    expect(spans[0].tags.k).toBe(expected);
  });

  it.each([
    [{ kind: 3 }, { 'span.kind': 'client' }],
    [{ kind: 'SPAN_KIND_CLIENT' }, { 'span.kind': 'client' }],
    [{ kind: 'SPAN_KIND_INTERNAL' }, {}],
    [{ status: { code: 2 } }, { error: 'true' }],
    [
      { status: { code: 'STATUS_CODE_ERROR', message: 'x' } },
      { error: 'true' },
    ],
    [{ status: { code: 'STATUS_CODE_OK' } }, {}],
    [{ status: {} }, {}],
  ])('reads %j', async (more, tags) => {
    const { spans } = await read({ spanId: '7uGbfsPBsXQ=', ...more });
    expect(spans[0].tags).toEqual(tags);
  });

  it('takes a span without times, name, resource and parent', async () => {
    expect(
      await read({
        spanId: '0000000000000002',
        parentSpanId: '0000000000000000',
      }),
    ).toEqual({
      traceId: '',
      spans: [
        {
          spanId: '0000000000000002',
          service: 'unknown',
          operation: '',
          startedAtMs: 0,
          durationMs: 0,
          tags: {},
          resource: {},
        },
      ],
    });
  });

  it.each([
    {
      batches: [
        { instrumentationLibrarySpans: [{ spans: [{ spanId: 'a' }] }] },
      ],
    },
    { resourceSpans: [{ scopeSpans: [{ spans: [{ spanId: 'a' }] }, {}] }, {}] },
  ])('reads what earlier versions called it: %j', async answer => {
    expect(await otlpTracesSchema.parseAsync(answer)).toHaveLength(1);
  });

  it.each([
    {
      resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'no identifier' }] }] }],
    },
    {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ spanId: 'a', startTimeUnixNano: '-1' }] }] },
      ],
    },
    ...[0.5, 1e308].map(startTimeUnixNano => ({
      resourceSpans: [
        { scopeSpans: [{ spans: [{ spanId: 'a', startTimeUnixNano }] }] },
      ],
    })),
    { resourceSpans: 'none' },
  ])('refuses %j', async answer => {
    const { success } = await otlpTracesSchema.safeParseAsync(answer);
    expect(success).toBe(false);
  });
});
