import { z } from 'zod';

/**
 * A configured link to a page elsewhere, as Kiali's or Grafana's, filled in for what it stands beside.
 *
 * @public
 */
export const linkOutSchema = z.object({ title: z.string(), url: z.string() });

/** @public */
export type LinkOut = z.infer<typeof linkOutSchema>;
