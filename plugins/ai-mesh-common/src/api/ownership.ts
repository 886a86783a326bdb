import { z } from 'zod';
import { serviceOwnershipSchema } from './objects';

/**
 * Services that more entities claim than own them.
 *
 * @public
 */
export const contestedClaimsSchema = z.object({
  /** By cluster, namespace and name. */
  services: z.array(
    serviceOwnershipSchema.omit({ proven: true, withheld: true }),
  ),
  /** The cursor of the next page; absent: this is the last. */
  next: z.string().optional(),
});

/** @public */
export type ContestedClaims = z.infer<typeof contestedClaimsSchema>;
