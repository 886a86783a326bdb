import { z } from 'zod';
import { duration, namesApart, text } from './schemaParts';
import { atMostOneTrust, certificates, tls, url } from './serverParts';

const kubernetes = z
  .strictObject({
    url: url.optional(),
    serviceAccountToken: text.optional(),
    caData: certificates.optional(),
    caFile: text.optional(),
    skipTLSVerify: z.boolean().optional(),
    inCluster: z.literal(true).optional(),
    kubeconfig: z
      .strictObject({ path: text, context: text.optional() })
      .optional(),
    fromKubernetesPlugin: z.literal(true).optional(),
  })
  .superRefine((value, context) => {
    const ways = (
      ['url', 'inCluster', 'kubeconfig', 'fromKubernetesPlugin'] as const
    ).filter(way => value[way] !== undefined);
    if (ways.length !== 1) {
      const found = ways.length === 0 ? 'none' : ways.join(' and ');
      context.addIssue({
        code: 'custom',
        message: `takes exactly one of url, inCluster, kubeconfig and fromKubernetesPlugin; found ${found}`,
      });
    }
    const { serviceAccountToken, caData, caFile, skipTLSVerify } = value;
    const onlyWithUrl = { serviceAccountToken, caData, caFile, skipTLSVerify };
    const misplaced = Object.entries(onlyWithUrl)
      .filter(([, present]) => present !== undefined)
      .map(([key]) => key);
    if (ways.length === 1 && ways[0] !== 'url' && misplaced.length > 0) {
      context.addIssue({
        code: 'custom',
        message: `takes ${misplaced.join(', ')} only together with url`,
      });
    }
    if (!atMostOneTrust({ caData, caFile, skipVerify: skipTLSVerify })) {
      context.addIssue({
        code: 'custom',
        message: 'takes one of caData, caFile and skipTLSVerify',
      });
    }
  });

const labelName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'must be the name of a Prometheus label');
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be the name of an HTTP header');
const headerValue = z
  .string()
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be a single line');

const auth = z
  .strictObject({
    bearerToken: text.optional(),
    basic: z.strictObject({ username: text, password: text }).optional(),
  })
  .refine(
    ({ bearerToken, basic }) => Boolean(bearerToken) !== Boolean(basic),
    'takes exactly one of bearerToken and basic; leave auth out where none is needed',
  )
  .optional();

const queue = z
  .strictObject({
    open: z.number().int().min(1),
    waiting: z.number().int().min(1),
    waitingOfOne: z.number().int().min(1),
  })
  .partial()
  .optional();

/** Below the five minutes that Prometheus looks back for a sample. */
const LONGEST_SETTLE_MS = 240_000;

const prometheus = z.strictObject({
  url,
  auth,
  headers: z.record(headerName, headerValue).default({}),
  tenant: text.optional(),
  extraLabels: z.record(labelName, z.string()).default({}),
  tls,
  queue,
  timeout: duration.prefault('10s'),
  cacheTtl: duration.prefault('10s'),
  scrapeInterval: duration.prefault('15s'),
  settleTime: duration
    .refine(
      ms => ms <= LONGEST_SETTLE_MS,
      'must be at most 4 minutes: a Prometheus does not find older samples, and what arrives later than that is no evidence',
    )
    .prefault('3s'),
});

const tracing = z.strictObject({
  type: z.enum(['jaeger', 'tempo']).optional(),
  url,
  auth,
  headers: z.record(headerName, headerValue).default({}),
  tenant: text.optional(),
  tls,
  queue,
  timeout: duration.prefault('10s'),
  cacheTtl: duration.prefault('10s'),
  traceUrl: text
    .regex(/^https?:\/\//, 'must begin with https:// or http://')
    .refine(
      value => value.includes('{traceId}'),
      "must say where the trace's identifier goes: https://jaeger.example.com/trace/{traceId}",
    )
    .optional(),
});

const kiali = z.strictObject({
  url,
  token: text.optional(),
  tls,
  queue,
  timeout: duration.prefault('10s'),
});

export const link = z.strictObject({
  title: text,
  url: text.refine(
    value => /^https?:\/\//.test(value) || value.startsWith('/'),
    'must begin with https://, http:// or a slash',
  ),
});

/** One of `aiMesh.clusters`, with its own servers. */
const cluster = z.strictObject({
  name: text.regex(
    /^[^/,\s]+$/,
    'must not hold a slash, a comma or a blank, since annotations name clusters',
  ),
  kubernetes,
  allowWrites: z.boolean().default(false),
  watch: z.boolean().default(true),
  rootNamespace: text.default('istio-system'),
  clusterDomain: text.default('cluster.local'),
  istioCluster: text.optional(),
  autoMtls: z.boolean().default(true),
  prometheus: prometheus.optional(),
  kiali: kiali.optional(),
  tracing: tracing.optional(),
  links: z.array(link).default([]),
});

/** `aiMesh.clusters` */
export const clusters = z
  .array(cluster)
  .default([])
  .superRefine(namesApart('cluster'));
