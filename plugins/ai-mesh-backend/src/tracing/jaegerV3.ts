import { z } from 'zod';
import { placeInAnswer } from '../target/placeInAnswer';
import { listInTurns } from '../target/schemaInTurns';
import { wordingWith } from '../worded';
import { alignedWindow } from './alignedWindow';
import { searchTags, type JaegerApi, type Tags } from './JaegerApi';
import { otlpTracesSchema } from './otlp';
import type { FoundTrace, TraceSearch } from './TracingClient';
import type { TracingHttp } from './TracingHttp';

const servicesSchema = z.object({
  services: listInTurns(z.string()).nullish(),
});
const tracesSchema = z.object({ result: otlpTracesSchema });
const errorSchema = z.object({
  error: z.object({ httpCode: z.literal(404), message: z.string() }),
});

/**
 * The public API of Jaeger's second line, which answers OTLP. Its parameters have two spellings; every release knows
 * these (`apiv3/query_parser.go`).
 */
export const jaegerV3: JaegerApi = {
  searchPath: 'v3/traces',

  query(service, search, by) {
    const { start, end } = alignedWindow(search);
    const tags = searchTags(search, by);
    const { minDurationMs, limit } = search;
    return {
      'query.service_name': service,
      'query.start_time_min': start.toISOString(),
      'query.start_time_max': end.toISOString(),
      ...(minDurationMs !== undefined && {
        'query.duration_min': `${Math.round(minDurationMs * 1000)}us`,
      }),
      ...(tags && { 'query.attributes': JSON.stringify(tags) }),
      'query.num_traces': String(limit),
    };
  },

  readServices: async (http, answer) =>
    (await read(http, servicesSchema, await http.read(answer))).services ?? [],

  async readTraces(http, answer, service, search, by) {
    if (answer.status === 404 && saysNothingFound(answer.body)) {
      return { traces: [], complete: true };
    }
    const { result } = await read(http, tracesSchema, await http.read(answer));
    return {
      // Earlier releases take no notice of attributes.
      traces: result.filter(trace => meets(trace, service, search, by)),
      complete: result.length < search.limit,
    };
  },
};

function saysNothingFound(body: string): boolean {
  try {
    return errorSchema.safeParse(JSON.parse(body)).success;
  } catch {
    // A page that is no JSON is another kind of 404: the API is not there.
    return false;
  }
}

function meets(
  { spans }: FoundTrace,
  service: string,
  search: TraceSearch,
  by: Tags | undefined,
): boolean {
  const tags = Object.entries(searchTags(search, by) ?? {});
  const { minDurationMs = 0 } = search;
  return spans.some(
    span =>
      span.service === service &&
      span.durationMs >= minDurationMs &&
      tags.every(
        ([name, value]) => (span.tags[name] ?? span.resource[name]) === value,
      ),
  );
}

async function read<T extends z.ZodType>(
  http: TracingHttp,
  schema: T,
  json: unknown,
): Promise<z.output<T>> {
  const parsed = await schema.safeParseAsync(json);
  if (!parsed.success) {
    throw http.error(
      'source-unreachable',
      wordingWith('source.notJaeger', { at: placeInAnswer(parsed.error) }),
    );
  }
  return parsed.data;
}
