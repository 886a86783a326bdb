import { createHash } from 'crypto';
import { z } from 'zod';

const texts = z.record(z.string(), z.string()).optional();

/** As AI Mesh writes them: what has more is not what it wrote. */
const groupsSchema = z.array(
  z.strictObject({
    name: z.string(),
    interval: z.string().optional(),
    rules: z.array(
      z.strictObject({
        record: z.string().optional(),
        alert: z.string().optional(),
        expr: z.string(),
        for: z.string().optional(),
        labels: texts,
        annotations: texts,
      }),
    ),
  }),
);

/** One text for the same groups of rules, in whatever order their settings are; undefined for groups that AI Mesh does not write. */
export function rulesDigest(groups: unknown): string | undefined {
  const { success, data } = groupsSchema.safeParse(groups);
  if (!success) {
    return undefined;
  }
  const ordered = data.map(({ name, interval, rules }) => [
    name,
    interval,
    rules.map(rule => [
      rule.record,
      rule.alert,
      rule.expr,
      rule.for,
      inOrder(rule.labels),
      inOrder(rule.annotations),
    ]),
  ]);
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex');
}

function inOrder(one: Record<string, string> = {}): [string, string][] {
  return Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));
}
