import { z } from 'zod';

/** What every list takes: how many entries, and where the page before ended. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional(),
});
