import {
  defaultLevels,
  readyMadeCheckIds,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { checkRule } from './checkRule';
import { duration, text } from './schemaParts';

const DAY_MS = 86_400_000;

export const facts = z
  .strictObject({
    period: duration
      .refine(
        ms => ms >= 10_000 && ms <= DAY_MS,
        'must be at least 10 seconds and at most a day',
      )
      .prefault({ minutes: 15 }),
    history: z
      .strictObject({
        changes: duration
          .refine(
            ms => ms >= DAY_MS && ms <= 92 * DAY_MS,
            'must be at least a day and at most 92 days',
          )
          .prefault({ days: 7 }),
        days: duration
          .refine(
            ms => ms >= 7 * DAY_MS && ms <= 3700 * DAY_MS,
            'must be at least 7 days and at most 3700 days',
          )
          .prefault({ days: 400 }),
      })
      .prefault({}),
  })
  .prefault({});

const id = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be small letters, digits and hyphens, at most 63 of them',
  );

/** What the filter by level, and search, call those that have none, or of which it is not known. */
const NO_LEVELS = ['none', 'unknown'];

const names = z
  .array(text.transform(name => name.toLocaleLowerCase('en-US')))
  .min(1, 'must name at least one; leave it out for any')
  .optional();

const check = z.strictObject({
  id,
  title: text,
  description: text.optional(),
  level: text,
  appliesTo: z
    .strictObject({
      kinds: names,
      types: names,
      lifecycles: names,
      tags: names,
    })
    .prefault({}),
  rule: checkRule,
  screen: z
    .enum(['overview', 'traffic', 'canary', 'security', 'slos', 'review'])
    .optional(),
});

export const scorecard = z
  .strictObject({
    levels: z
      .array(z.strictObject({ id, title: text }))
      .min(1, 'must name at least one level')
      .max(10, 'must name at most ten levels')
      .default([...defaultLevels]),
    readyMade: z
      .union([z.boolean(), z.array(z.enum(readyMadeCheckIds))], {
        error: 'must be true, false, or a list of the checks that are wanted',
      })
      .default(true)
      .transform((value): string[] => {
        if (typeof value === 'boolean') {
          return value ? [...readyMadeCheckIds] : [];
        }
        return value;
      }),
    checks: z.array(check).max(200, 'must be at most 200').default([]),
  })
  .superRefine(({ levels, checks, readyMade }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const before = <T>(
      all: readonly T[],
      index: number,
      same: (one: T) => boolean,
    ) => all.slice(0, index).some(same);
    levels.forEach((level, index) => {
      if (NO_LEVELS.includes(level.id)) {
        refuse(
          ['levels', index, 'id'],
          `must not be '${level.id}', which stands for entities ${level.id === 'none' ? 'without a level' : 'of which the level is not known'}`,
        );
      }
      if (before(levels, index, one => one.id === level.id)) {
        refuse(
          ['levels', index, 'id'],
          `must be an id of its own: another level is '${level.id}' too`,
        );
      }
      if (before(levels, index, one => one.title === level.title)) {
        refuse(
          ['levels', index, 'title'],
          `must be a title of its own: another level is called '${level.title}' too`,
        );
      }
    });
    checks.forEach((one, index) => {
      if (!levels.some(level => level.id === one.level)) {
        refuse(
          ['checks', index, 'level'],
          `must be one of the levels: ${levels.map(level => level.id).join(', ')}`,
        );
      }
      if (before(checks, index, other => other.id === one.id)) {
        refuse(
          ['checks', index, 'id'],
          `must be an id of its own: another check is '${one.id}' too`,
        );
      }
      if (readyMade.includes(one.id)) {
        refuse(
          ['checks', index, 'id'],
          `is that of a ready-made check: choose another, or name in readyMade only those that you want`,
        );
      }
    });
  })
  .prefault({});
