import { z } from 'zod';

/** A number of Kiali's, which mostly writes them as text. */
export const number = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/)])
  .transform(Number);
