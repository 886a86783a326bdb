// The registry of Backstage takes schemas of zod 3.
import { z, type ZodTypeAny } from 'zod/v3';

export const entityRefSchema = z
  .string()
  .min(1)
  .max(500)
  .describe('The catalog entity, such as component:default/ai-chat-service');

export const windowSchema = z
  .enum(['5m', '15m', '1h', '6h'])
  .default('5m')
  .describe('How far back to look');

export const serviceSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** A value, or why it is not known. */
export function measured<T extends ZodTypeAny>(value: T) {
  return z.union([
    z.object({ status: z.literal('known'), value }),
    z.object({
      status: z.literal('unknown'),
      reason: z.string(),
      message: z.string().optional(),
    }),
  ]);
}

export const sourcesSchema = z
  .array(
    z.object({
      name: z.string(),
      cluster: z.string().optional(),
      status: z.string(),
      message: z.string().optional(),
    }),
  )
  .describe('What the answer stands on, and how each source answered');

const latencySchema = measured(z.object({ valueMs: z.number() }));

export const trafficSchema = z.object({
  requestsPerSecond: measured(z.number()),
  requestCount: measured(z.number()).describe('Requests in the window'),
  errorRatio: measured(z.number()).describe('0..1'),
  throttledRatio: measured(z.number()).describe('429s, 0..1'),
  p50: latencySchema,
  p95: latencySchema,
});

export const healthSchema = z.object({
  status: z.string(),
  message: z.string(),
});

export const objectSchema = z.object({
  cluster: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

export const versionSchema = z.object({
  host: z.string().optional(),
  subset: z.string().optional(),
  port: z.number().optional(),
});

export const pageSchema = z
  .string()
  .describe("The path of the screen that shows it, below the portal's address");
