import { z } from 'zod';

/**
 * The moment that a view is asked about instead of now: an ISO 8601 time with its zone, for an hour that comes twice when
 * the clocks go back is two. What is measured is then's; what is configured is today's.
 *
 * @public
 */
export const momentSchema = z.iso.datetime({
  offset: true,
  error:
    'it must be a time with its zone, such as 2026-11-27T14:05:00Z (in an address, a + is written %2B)',
});
