import { z } from 'zod';
import { duration, namesApart, text } from './schemaParts';
import { tls, url } from './serverParts';

/** `aiMesh.canary.webhooks`. */
export const webhooks = z
  .array(
    z.strictObject({
      name: text.regex(
        /^[a-z][a-z0-9-]{0,62}$/,
        'must be small letters, digits and dashes, such as change-board',
      ),
      events: z
        .array(
          z.enum([
            'before-start',
            'before-step',
            'after-promotion',
            'on-roll-back',
          ]),
        )
        .min(1, 'must name at least one event'),
      url,
      secret: text.min(16, 'must have at least 16 characters'),
      timeout: duration
        .refine(
          ms => ms >= 100 && ms <= 60_000,
          'must be between 100 ms and a minute',
        )
        .prefault('10s'),
      retries: z.number().int().min(0).max(5).default(2),
      tls,
    }),
  )
  .max(10, 'must be at most 10 webhooks')
  .superRefine(namesApart('webhook'))
  .default([])
  .transform(all =>
    all.map(({ timeout, ...rest }) => ({ ...rest, timeoutMs: timeout })),
  );
