import type { z } from 'zod';

/** What zod keeps of a schema, of whatever kind. */
interface Definition {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  getter?: () => z.ZodType;
  options?: z.ZodType[];
  left?: z.ZodType;
  right?: z.ZodType;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  items?: z.ZodType[];
  entries?: Record<string, unknown>;
  values?: unknown[];
}

const definitionOf = (schema: z.ZodType) =>
  (schema as unknown as { def: Definition }).def;

/** What a value may be, without what is around it: each alternative by itself. */
function alternatives(schema: z.ZodType): Definition[] {
  const definition = definitionOf(schema);
  const { innerType, options, left, right } = definition;
  const inner =
    innerType ?? definition.in ?? definition.getter?.() ?? undefined;
  if (inner) {
    return alternatives(inner);
  }
  const many = options ?? (left && right ? [left, right] : undefined);
  return many ? many.flatMap(alternatives) : [definition];
}

/** The schemas of what stands under a key of an object, or in a list. */
export function schemasUnder(
  schemas: readonly z.ZodType[],
  key: string | number,
): z.ZodType[] {
  return schemas.flatMap(alternatives).flatMap(definition => {
    const { shape, element, valueType, items } = definition;
    return typeof key === 'number'
      ? (items?.[key] ?? element ?? [])
      : (shape?.[key] ?? valueType ?? []);
  });
}

/** Whether a text is a word of the API there, and so nobody's name. */
export function isWord(schemas: readonly z.ZodType[], text: string): boolean {
  return schemas
    .flatMap(alternatives)
    .some(({ entries = {}, values = [] }) =>
      [...Object.values(entries), ...values].includes(text),
    );
}
