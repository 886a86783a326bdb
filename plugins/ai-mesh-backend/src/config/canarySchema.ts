import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { inAllLanguages, titleLanguages, titleSchema } from '../titles';
import { gates } from './gateSchema';
import { duration, namesApart, text } from './schemaParts';
import { webhooks } from './webhookSchema';

const DAY_MS = 86_400_000;

const presets = z
  .array(
    z.strictObject({
      name: text.regex(
        /^[a-z0-9-]{1,40}$/,
        'must be lower-case letters, digits and dashes, at most 40',
      ),
      title: z.union(
        [
          text.transform(title => inAllLanguages({ en: title })),
          titleSchema(text).transform(inAllLanguages),
        ],
        {
          error: `must be text, or { ${['en', ...titleLanguages].map(key => `${key}: ...`).join(', ')} }`,
        },
      ),
      plan: z.record(z.string(), z.unknown()).default({}),
    }),
  )
  .max(12, 'are at most 12')
  .superRefine(namesApart('preset'));

/** `aiMesh.canary` */
export const canary = z
  .strictObject({
    requesterMayApprove: z.boolean().default(false),
    requestExpiry: duration.prefault('7d'),
    approvers: z.array(text).default(['{owner}']),
    history: z
      .strictObject({
        keepFor: duration
          .refine(ms => ms >= DAY_MS, 'must be at least a day')
          .prefault({ days: 400 }),
        most: z.number().int().min(100).max(30_000).default(20_000),
      })
      .prefault({}),
    plan: canaryPlanSchema,
    presets: presets.optional(),
    gates,
    webhooks,
  })
  .prefault({});
