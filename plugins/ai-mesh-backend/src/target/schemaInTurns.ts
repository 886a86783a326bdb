import { z } from 'zod';
import { inTurns } from './inTurns';

/**
 * As `z.array(item)`, for answers that may be long: each item is read in turns with other work, and the first that is not as
 * it should be is the only one that is told. A million of them, each with its issues, would fill the memory. To be read by
 * `parseAsync` or `safeParseAsync`.
 *
 * @param most - how many a list may hold that is made into one thing
 */
export function listInTurns<T extends z.ZodType>(item: T, most = Infinity) {
  return z
    .custom<readonly unknown[]>(
      value => Array.isArray(value) && value.length <= most,
      most === Infinity
        ? 'must be a list'
        : `must be a list of at most ${most}`,
    )
    .transform(async (list, context): Promise<z.output<T>[]> => {
      const read: z.output<T>[] = [];
      for (let index = 0; index < list.length; index++) {
        const one = await readOne(item, list[index], index, context);
        if (one === undefined) {
          return z.NEVER;
        }
        read.push(one.value);
      }
      return read;
    });
}

/** As {@link listInTurns}, of the values of an object, by their keys. */
export function mapInTurns<T extends z.ZodType>(item: T) {
  return z
    .custom<Readonly<Record<string, unknown>>>(
      value =>
        typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be an object',
    )
    .transform(async (all, context): Promise<Map<string, z.output<T>>> => {
      const read = new Map<string, z.output<T>>();
      for (const key of Object.keys(all)) {
        const one = await readOne(item, all[key], key, context);
        if (one === undefined) {
          return z.NEVER;
        }
        read.set(key, one.value);
      }
      return read;
    });
}

async function readOne<T extends z.ZodType>(
  item: T,
  value: unknown,
  at: string | number,
  context: z.core.$RefinementCtx,
): Promise<{ value: z.output<T> } | undefined> {
  await inTurns();
  const parsed = await item.safeParseAsync(value);
  if (parsed.success) {
    return { value: parsed.data };
  }
  const [{ message, path }] = parsed.error.issues;
  context.addIssue({ code: 'custom', message, path: [at, ...path] });
  return undefined;
}
