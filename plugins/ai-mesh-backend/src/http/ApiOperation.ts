import type { z } from 'zod';

/** One operation of the API that is not an entity's view, for the API's documentation. */
export interface ApiOperation {
  method: 'get' | 'post';
  /** With its parameters in braces: `/v1/canaries/{id}`. */
  path: string;
  operationId: string;
  /** In one sentence. */
  summary: string;
  /** The query's parameters. */
  query?: z.ZodType;
  body?: z.ZodType;
  answer: z.ZodType;
  /** The component that the answer becomes. */
  answerName: string;
  /** What it says when it cannot, beyond what every operation may say: by status. */
  errors?: Record<string, string>;
}
