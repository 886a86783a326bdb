import type { SourceAnswer } from '../target/SourceHttp';
import type { FoundTrace, TraceSearch } from './TracingClient';
import type { TracingHttp } from './TracingHttp';

/** One of the ways in which Jaeger is asked over HTTP. */
export interface JaegerApi {
  /** Below `/api/`. */
  searchPath: string;
  /** @param by - what a span of the service must carry besides, or what reported it */
  query(
    service: string,
    search: TraceSearch,
    by?: Tags,
  ): Record<string, string>;
  /** @throws SourceError where the answer is none */
  readServices(http: TracingHttp, answer: SourceAnswer): Promise<string[]>;
  /** @throws SourceError where the answer is none */
  readTraces(
    http: TracingHttp,
    answer: SourceAnswer,
    service: string,
    search: TraceSearch,
    by?: Tags,
  ): Promise<{ traces: FoundTrace[]; complete: boolean }>;
}

export type Tags = Readonly<Record<string, string>>;

/** What a span of the service must carry. Jaeger knows no alternatives: a model is found by the mesh's own tag. */
export function searchTags(
  { model, failedOnly }: TraceSearch,
  by: Tags = {},
): Tags | undefined {
  const tags = {
    ...by,
    ...(failedOnly && { error: 'true' }),
    ...(model !== undefined && { 'ai.model': model }),
  };
  return Object.keys(tags).length > 0 ? tags : undefined;
}
