import { z } from 'zod';
import { requestTextsEn } from '../words/texts/requestsEn';

/**
 * The moment that a view is asked about instead of now: an ISO 8601 time with its zone, for an hour that comes twice when
 * the clocks go back is two. What is measured is then's; what is configured is today's.
 *
 * @public
 */
export const momentSchema = z.iso.datetime({
  offset: true,
  error: requestTextsEn['rule.moment'],
});
