import { z } from 'zod';

/** An answer of `/api/v1/query` or `/api/v1/query_range`. */
export const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  errorType: z.string().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).default([]),
  infos: z.array(z.string()).default([]),
  data: z.unknown().optional(),
});
