import { z } from 'zod';
import { noticeLanguageNames } from '../people/noticeLanguages';
import { canary } from './canarySchema';
import { clusters } from './clustersSchema';
import { facts, scorecard } from './factsSchema';
import { ownership } from './ownershipSchema';
import { duration } from './schemaParts';

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
  clusters,
});

/** `aiMesh` as the schema reads it. */
export type ParsedSettings = z.output<typeof settingsSchema>;
