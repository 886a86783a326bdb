import type { FoundSpan } from '../tracing';
import { readTrace } from './readTrace';

const context = {
  cluster: 'shop',
  isOwn: ({ service }: FoundSpan) => service === 'chat.ai',
  urlOf: () => undefined,
};

function span(
  spanId: string,
  parentSpanId: string | undefined,
  startedAtMs: number,
  durationMs: number,
  more: Partial<FoundSpan> = {},
): FoundSpan {
  return {
    spanId,
    parentSpanId,
    startedAtMs,
    durationMs,
    service: 'chat.ai',
    operation: 'chat:8080/*',
    tags: {},
    resource: {},
    ...more,
  };
}

const read = (...spans: FoundSpan[]) =>
  readTrace({ traceId: 'a1', spans }, context);

const tree = (...spans: FoundSpan[]) =>
  read(...spans).spans.map(({ spanId, depth }) => `${depth}:${spanId}`);

describe('readTrace', () => {
  it('orders spans as a waterfall, whatever their order', () => {
    expect(
      tree(
        span('d', 'c', 20, 5),
        span('b', 'a', 30, 5),
        span('c', 'a', 10, 15),
        span('a', undefined, 0, 50),
      ),
    ).toEqual(['0:a', '1:c', '2:d', '1:b']);
  });

  it('takes a span whose parent nobody reported for a first one', () => {
    expect(tree(span('b', 'gone', 0, 5))).toEqual(['0:b']);
  });

  it('ends on spans that are one another`s parents', () => {
    expect(
      tree(
        span('a', undefined, 0, 9),
        span('b', 'c', 1, 2),
        span('c', 'b', 1, 2),
      ),
    ).toEqual(['0:a']);
  });

  it('measures the whole, and the longest span of the own service', () => {
    const trace = read(
      span('a', undefined, 1000, 80, { service: 'gateway.ai' }),
      span('b', 'a', 1010, 60),
      span('c', 'b', 1020, 90, { service: 'model.ai' }),
    );
    expect(trace).toMatchObject({
      startedAt: '1970-01-01T00:00:01.000Z',
      durationMs: 110,
      serviceDurationMs: 60,
      failed: false,
    });
    expect(trace.spans[1].startMs).toBe(10);
  });

  it('reads status, flags, retries, side and model from tags', () => {
    const trace = read(
      span('a', undefined, 0, 9, {
        tags: {
          'span.kind': 'client',
          'http.status_code': '504',
          response_flags: 'UT',
          'retry.count': '2',
          'ai.model': 'swift',
          'ai.request.type': 'chat',
          error: 'true',
        },
      }),
      span('b', 'a', 0, 1, {
        tags: {
          'ai.model': 'unknown',
          'http.status_code': '200',
          'grpc.status_code': '14',
          response_flags: '-',
        },
      }),
    );
    expect(trace).toMatchObject({
      failed: true,
      models: ['swift'],
      requestTypes: ['chat'],
    });
    expect(trace.spans[0]).toMatchObject({
      side: 'client',
      status: '504',
      flags: 'UT',
      retries: 2,
      model: 'swift',
      failed: true,
    });
    expect(trace.spans[1]).toMatchObject({
      side: 'other',
      status: 'grpc 14',
      retries: 0,
    });
    expect(trace.spans[1]).not.toHaveProperty('flags');
    expect(trace.spans[1]).not.toHaveProperty('model');
  });

  it('keeps the longest spans of a huge trace, and says how many there are', () => {
    const children = Array.from({ length: 300 }, (_, i) =>
      span(`s${i}`, 'a', i, i + 1),
    );
    const trace = read(span('a', undefined, 0, 1000), ...children);
    expect(trace.spansTotal).toBe(301);
    expect(trace.spans).toHaveLength(60);
    expect(trace.spans[0].spanId).toBe('a');
    expect(trace.spans.at(-1)?.spanId).toBe('s299');
  });
});
