import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';
import { placeInAnswer } from '../target/placeInAnswer';
import { wordingWith } from '../worded';
import { alignedWindow } from './alignedWindow';
import { searchTags, type JaegerApi } from './JaegerApi';
import {
  jaegerAnswerSchema,
  jaegerServicesSchema,
  jaegerTracesSchema,
} from './jaegerSchema';
import type { TracingHttp } from './TracingHttp';

/** The API of Jaeger's own pages: in both lines, and in what imitates it. */
export const jaegerV1: JaegerApi = {
  searchPath: 'traces',

  query(service, search, by) {
    const { start, end } = alignedWindow(search);
    const tags = searchTags(search, by);
    const { minDurationMs, limit } = search;
    return {
      service,
      ...(tags && { tags: JSON.stringify(tags) }),
      ...(minDurationMs !== undefined && {
        minDuration: `${Math.round(minDurationMs * 1000)}us`,
      }),
      start: String(start.getTime() * 1000),
      end: String(end.getTime() * 1000),
      limit: String(limit),
    };
  },

  readServices: async (http, answer) =>
    read(http, jaegerServicesSchema, await http.read(answer)),

  async readTraces(http, answer, _service, { limit }) {
    const traces = await read(
      http,
      jaegerTracesSchema,
      await http.read(answer),
    );
    return { traces, complete: traces.length < limit };
  },
};

async function read<T extends z.ZodType>(
  http: TracingHttp,
  schema: T,
  json: unknown,
): Promise<z.output<T>> {
  const answer = jaegerAnswerSchema.safeParse(json);
  const [error] = answer.data?.errors ?? [];
  if (error) {
    throw http.error(
      'source-unreachable',
      wording('source.searchSaid', { text: error.msg }),
    );
  }
  const parsed = answer.success
    ? await schema.safeParseAsync(answer.data.data)
    : { success: false as const, error: answer.error };
  if (!parsed.success) {
    throw http.error(
      'source-unreachable',
      wordingWith('source.notJaegerV1', { at: placeInAnswer(parsed.error) }),
    );
  }
  return parsed.data;
}
