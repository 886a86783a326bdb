import { createHash } from 'crypto';
import { z } from 'zod';
import { parseCounterTemplate, parseValueTemplate } from '../prometheus/series';
import { titleSchema } from '../titles';
import { builtInGates } from './builtInGates';
import { namesApart } from './schemaParts';

/** What the gates of the requests are called; see the API's `canaryGateNameSchema`. */
const TAKEN = new Set([
  'error-rate',
  'latency-p99',
  'throttled',
  'tokens-per-request',
  'time-to-first-token',
  'ready-endpoints',
]);

const MOST_GATES = 50;

function template<T>(parse: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return { text, query: parse(text) };
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `is not usable as a gate's query: ${(error as Error).message}`,
      });
      return z.NEVER;
    }
  });
}

const counters = template(parseCounterTemplate);
const finite = z.number().refine(Number.isFinite, 'must be a number');
const least = z.number().int().min(1).max(1_000_000);

const base = {
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,62}$/,
      'must be small letters, digits and dashes, such as thumbs-down',
    )
    .refine(
      name => !TAKEN.has(name),
      "must be another name: one of the requests' own gates is called so",
    ),
  title: titleSchema(z.string().trim().min(1).max(80)),
  use: z.enum(['optional', 'default', 'required']).default('optional'),
  ifMissing: z.enum(['hold', 'not-applicable']).default('hold'),
  onlyPools: z.boolean().default(false),
};

/** What was counted by other queries says nothing of these. */
function keyOf(...queries: (string | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(queries))
    .digest('hex')
    .slice(0, 16);
}

const ratio = z
  .number()
  .min(0, 'must be a ratio between 0 and 1: 0.05 is 5%')
  .max(1, 'must be a ratio between 0 and 1: 0.05 is 5%');

const share = z
  .strictObject({
    ...base,
    kind: z.literal('share'),
    all: counters,
    bad: counters.optional(),
    good: counters.optional(),
    rollBackAbove: ratio,
    advanceBelow: ratio,
    nonInferiorityMargin: z.number().min(0.001).max(0.5).default(0.05),
    leastCount: least.default(20),
  })
  .refine(({ bad, good }) => (bad === undefined) !== (good === undefined), {
    path: ['bad'],
    message: 'must be there, or good in its place: one of the two',
    // Also where another key is wrong.
    when: () => true,
  })
  .refine(({ rollBackAbove, advanceBelow }) => advanceBelow <= rollBackAbove, {
    path: ['advanceBelow'],
    message: 'must not be above rollBackAbove',
  })
  .transform(
    ({
      all,
      bad,
      good,
      rollBackAbove,
      advanceBelow,
      nonInferiorityMargin,
      ...rest
    }) => ({
      ...rest,
      all: all.query,
      ...(bad && { bad: bad.query }),
      ...(good && { good: good.query }),
      bounds: { rollBackAbove, advanceBelow, nonInferiorityMargin },
      key: keyOf(all.text, bad?.text, good?.text),
    }),
  );

const bound = z
  .strictObject({
    bound: finite.optional(),
    timesStable: z.number().positive().max(100).optional(),
  })
  .refine(
    ({ bound: one, timesStable }) =>
      one !== undefined || timesStable !== undefined,
    'must have a bound, a timesStable, or both',
  );

const number = {
  ...base,
  unit: z.enum(['ratio', 'ms', 'tokens', 'number']).default('number'),
  better: z.enum(['lower', 'higher']).default('lower'),
  rollBack: bound,
  advance: bound,
  range: z
    .strictObject({ from: finite.optional(), to: finite.optional() })
    .optional(),
};

interface Bounded {
  better: 'lower' | 'higher';
  rollBack: z.output<typeof bound>;
  advance: z.output<typeof bound>;
}

/** The bound to advance is never the worse one of two of a kind. */
function inOrder({ better, rollBack, advance }: Bounded): boolean {
  return (['bound', 'timesStable'] as const).every(kind => {
    const [back, on] = [rollBack[kind], advance[kind]];
    if (back === undefined || on === undefined) {
      return true;
    }
    return better === 'lower' ? on <= back : on >= back;
  });
}

const notInOrder = {
  path: ['advance'],
  message: 'must not be worse than rollBack',
};

const mean = z
  .strictObject({
    ...number,
    kind: z.literal('mean'),
    sum: counters,
    count: counters,
    squares: counters.optional(),
    leastCount: least.default(20),
  })
  .refine(inOrder, notInOrder)
  .transform(({ sum, count, squares, ...rest }) => ({
    ...rest,
    sum: sum.query,
    count: count.query,
    ...(squares && { squares: squares.query }),
    key: keyOf(sum.text, count.text, squares?.text),
  }));

const value = z
  .strictObject({
    ...number,
    kind: z.literal('value'),
    query: template(parseValueTemplate),
  })
  .refine(inOrder, notInOrder)
  .transform(({ query, ...rest }) => ({ ...rest, query: query.query }));

const gate = z.discriminatedUnion('kind', [share, mean, value], {
  error: 'must be share, mean or value',
});

/** `aiMesh.canary.gates`, with those that are built in: a configured one of a built-in's name replaces it. */
export const gates = z
  .array(gate)
  .max(MOST_GATES, `must be at most ${MOST_GATES} gates`)
  .superRefine(namesApart('gate'))
  .default([])
  .transform(configured => [
    ...configured,
    ...builtInGates
      .map(one => ({ ...gate.parse(one), anySpelling: true }))
      .filter(({ name }) => configured.every(other => other.name !== name)),
  ]);
