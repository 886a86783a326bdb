import { z } from 'zod';

/** A lognormal distribution, told by two figures that people know from dashboards. */
const distribution = z
  .strictObject({
    median: z.number().positive(),
    p99: z.number().positive(),
  })
  .refine(({ median, p99 }) => p99 >= median, {
    message: 'p99 must not be below median',
  });

const ratio = z.number().min(0).max(1);
const headers = z.record(z.string(), z.coerce.string());
const workloadKey = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+$/, 'must be <namespace>/<workload>');
const address = z
  .string()
  .regex(/^[^:\s]+:\d+$/, 'must be <host>:<port>, for example qa-service:8080');

const callSchema = z.strictObject({
  /** Who is called, as the application's DNS sees it: `service`, `service.namespace`, a full name or a host. */
  to: address,
  method: z.string().default('GET'),
  path: z.string().default('/'),
  /** Sent along with the headers of the request that is being answered. */
  headers: headers.default({}),
  requestBytes: distribution.default({ median: 900, p99: 6000 }),
  responseBytes: distribution.default({ median: 1800, p99: 12000 }),
  /** Only for requests that look like this. */
  when: z
    .strictObject({ path: z.string().optional(), headers: headers.optional() })
    .optional(),
  probability: ratio.default(1),
  /** After so long the application itself gives up. */
  timeoutMs: z.number().positive().optional(),
  onFailure: z.enum(['fail', 'ignore']).default('fail'),
  /** The share of failures for which the application has an answer of its own. */
  fallbackRatio: ratio.default(0),
});

const modelSchema = z.strictObject({
  /** As the header `x-ai-model` and the metrics name it. */
  name: z.string().min(1),
  provider: z.string().default('unknown'),
  timeToFirstTokenMs: distribution,
  timePerTokenMs: distribution,
  promptTokens: distribution,
  completionTokens: distribution,
});

const servingSchema = {
  /** The time of its own work, without that of the calls it makes. */
  latencyMs: distribution.default({ median: 8, p99: 40 }),
  /** Models that it runs: the one that the header `x-ai-model` names (else the first) decides the latency. */
  serves: z.array(z.string()).default([]),
  /** Answers 500. */
  errorRatio: ratio.default(0),
  /** Answers 429. */
  throttledRatio: ratio.default(0),
};

const workloadSchema = z.strictObject({
  workload: workloadKey,
  ...servingSchema,
  /** Requests that a pod works on at once; more of them wait, up to `queuePerPod`, then get 503. */
  concurrencyPerPod: z.number().int().positive().default(100),
  /** Requests at once at which a pod uses all the CPU that it asked for; by default `concurrencyPerPod`. */
  cpuFullAtRequests: z.number().positive().optional(),
  queuePerPod: z.number().int().nonnegative().default(1000),
  calls: z.array(callSchema).default([]),
  aiMetrics: z
    .strictObject({
      dialect: z.enum(['micrometer', 'opentelemetry', 'vllm']),
      /** Micrometer: the name of the Resilience4j breaker around the call to the model. */
      breaker: z.string().optional(),
    })
    .optional(),
  /** What its answers are thought of; absent: it counts no answers. */
  answers: z
    .strictObject({
      /** The share of answers that somebody gives a thumb to, and of those the thumbs that are down. */
      feedbackRatio: ratio.default(0),
      downRatio: ratio.default(0),
      /** The share of answers that an evaluation scores, and its mean score. */
      evaluatedRatio: ratio.default(0),
      score: ratio.default(0.8),
      /** The share of answers that a guardrail keeps back. */
      refusedRatio: ratio.default(0),
    })
    .optional(),
});

const externalSchema = z.strictObject({
  host: z.string().min(1),
  ...servingSchema,
});

const loadSchema = z.strictObject({
  /** What scenes call it; defaults to the workload. */
  name: z.string().optional(),
  /** The workload that sends. */
  from: workloadKey,
  /** So many browsers send them, each with its own cookies; 0: callers that keep none. */
  browsers: z.number().int().min(0).max(100_000).default(0),
  requestsPerSecond: z.number().nonnegative(),
  requests: z
    .array(
      callSchema
        .pick({
          to: true,
          method: true,
          path: true,
          headers: true,
          requestBytes: true,
          responseBytes: true,
        })
        .extend({ weight: z.number().positive().default(1) }),
    )
    .min(1),
});

/** The shape of `behaviour.yaml`. */
export const behaviourSchema = z.strictObject({
  /** The cluster's name in metrics. */
  cluster: z.string().default('Kubernetes'),
  models: z.array(modelSchema).default([]),
  loads: z.array(loadSchema).default([]),
  workloads: z.array(workloadSchema).default([]),
  externals: z.array(externalSchema).default([]),
});

/** What a world's manifests do not say: who sends what, how long answers take, how often they fail. */
export type Behaviour = z.infer<typeof behaviourSchema>;
/** The same before defaults are filled in, as a file holds it. */
export type BehaviourFile = z.input<typeof behaviourSchema>;
export type Distribution = z.infer<typeof distribution>;
export type CallBehaviour = z.infer<typeof callSchema>;
export type ModelBehaviour = z.infer<typeof modelSchema>;
export type WorkloadBehaviour = z.infer<typeof workloadSchema>;
export type ExternalBehaviour = z.infer<typeof externalSchema>;
export type LoadBehaviour = z.infer<typeof loadSchema>;
