import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { noticeLanguageNames } from '../people/noticeLanguages';
import { inAllLanguages, titleLanguages, titleSchema } from '../titles';
import { facts, scorecard } from './factsSchema';
import { gates } from './gateSchema';
import { duration, text } from './schemaParts';
import { atMostOneTrust, certificates, tls, url } from './serverParts';
import { webhooks } from './webhookSchema';

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

export const labelName = z
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
  .superRefine((all, context) => {
    all.forEach(({ name }, index) => {
      if (all.findIndex(other => other.name === name) < index) {
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `must be a name of its own: another preset is called '${name}' too`,
        });
      }
    });
  });

const canary = z
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

const MINUTE_MS = 60_000;
/** Prometheus keeps 15 days unless told otherwise; a look-back of a quarter is more than anybody keeps at full resolution. */
const LONGEST_LOOK_BACK_MS = 92 * 86_400_000;

const security = z
  .strictObject({
    lookBack: duration
      .refine(
        ms => ms >= MINUTE_MS && ms <= LONGEST_LOOK_BACK_MS,
        'must be at least a minute and at most 92 days',
      )
      .prefault('7d'),
  })
  .prefault({});

/** Entity references in full, from one or several; a name alone is a group's. */
const owners = z.unknown().transform((value, context) => {
  try {
    const refs = [value].flat().map(one =>
      stringifyEntityRef(
        parseEntityRef(one as string, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        }),
      ),
    );
    if (refs.length > 0) {
      return refs;
    }
  } catch {
    // What is no reference is said below, and not repeated.
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be one or several entity references, such as group:default/ai-team',
  });
  return z.NEVER;
});

const ownership = z
  .strictObject({
    claims: z.enum(['any', 'unowned', 'none']).default('unowned'),
    namespaces: z
      .array(
        z.strictObject({
          cluster: text.optional(),
          namespace: text.regex(
            /^([a-z0-9][-a-z0-9]*\*?|\*)$/,
            'must be the name of a namespace, or its beginning and a * at the end',
          ),
          owner: owners,
        }),
      )
      .default([]),
    trustedLocations: z
      .array(
        text.regex(
          /^(url|file|[a-z-]+):./,
          'must be a location as the catalog writes it, such as url:https://github.com/acme/catalog/blob/main/ or url:https://github.com/acme/catalog/tree/main/',
        ),
      )
      .default([]),
    mostServices: z.number().int().min(1).max(10_000).default(50),
  })
  .prefault({});

const rate = (perMinute: number, open: number) =>
  z
    .strictObject({
      perMinute: z.number().int().min(1).default(perMinute),
      open: z.number().int().min(1).default(open),
    })
    .prefault({});

const limits = z
  .strictObject({
    user: rate(1200, 40),
    entity: rate(600, 20),
    service: rate(6000, 100),
    object: z
      .strictObject({
        keys: z.number().int().min(100).default(5000),
        characters: z.number().int().min(1000).default(250_000),
      })
      .prefault({}),
  })
  .prefault({});

const fleet = z
  .strictObject({
    mostSeries: z.number().int().min(1).max(2_000_000).default(100_000),
  })
  .prefault({});

const template = z
  .string()
  .regex(
    /^template:[\w.-]+\/[\w.-]+$/i,
    'must be written like template:default/mend-findings',
  );

/** The templates are read by the frontend alone; a mistake is said here all the same. */
const fixes = z
  .strictObject({
    template: template.optional(),
    fleetTemplate: template.optional(),
    changeTemplate: template.optional(),
    period: duration
      .refine(
        ms => ms >= 1_000 && ms <= 86_400_000,
        'must be at least a second, and a day at most',
      )
      .prefault('1m'),
  })
  .prefault({});

/** A notification has one text for whoever reads it. */
const notifications = z
  .strictObject({
    languages: z
      .array(z.enum(noticeLanguageNames))
      .min(
        1,
        `must name a language: ${noticeLanguageNames.join(', ')}, or several`,
      )
      .default(['en']),
  })
  .prefault({});

/** Read by the frontend alone, too. */
const documentation = z
  .string()
  .regex(
    /^(\/(?!\/)|https?:\/\/)/,
    'must be a path of the portal, such as /docs/default/component/ai-mesh, or an http(s) address',
  )
  .optional();

/** Where what keeps objects is found. */
const gitOps = z
  .strictObject({
    argoCdNamespace: z
      .string()
      .regex(
        /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "must be a namespace's name",
      )
      .default('argocd'),
  })
  .prefault({});

/** The shape of `aiMesh`. Strict everywhere: a mistyped key must not be a silent default. */
export const settingsSchema = z.strictObject({
  canary,
  security,
  ownership,
  fleet,
  limits,
  facts,
  scorecard,
  gitOps,
  fixes,
  notifications,
  documentation,
  neighbours: z.enum(['named', 'anonymous']).default('named'),
  // Read by itself: a mistake in a price must not keep the portal from starting.
  slo: z.unknown().optional(),
  clusters: z
    .array(cluster)
    .default([])
    .superRefine((clusters, context) => {
      clusters.forEach(({ name }, index) => {
        if (clusters.findIndex(other => other.name === name) < index) {
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: `must be a name of its own: another cluster is called '${name}' too`,
          });
        }
      });
    }),
});

/** `aiMesh` as the schema reads it. */
export type ParsedSettings = z.output<typeof settingsSchema>;
