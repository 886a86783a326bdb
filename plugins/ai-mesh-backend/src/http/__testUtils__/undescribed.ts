interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}

export interface OpenApi {
  paths: Record<
    string,
    Record<
      string,
      { requestBody: { content: Record<string, { schema: Schema }> } }
    >
  >;
  components: { schemas: Record<string, Schema> };
}

/** The paths of what an OpenAPI document says nothing of in a value, as JSON has it. */
export function undescribed(
  document: OpenApi,
  schema: Schema | undefined,
  value: unknown,
  path = '',
): string[] {
  if (value === undefined) {
    return [];
  }
  if (!schema) {
    return [path];
  }
  const of = (one: Schema | undefined, part = value, at = path) =>
    undescribed(document, one, part, at);
  if (schema.$ref) {
    return of(document.components.schemas[schema.$ref.split('/').at(-1)!]);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    // It is the one that knows it best.
    return choices
      .map(one => of(one))
      .reduce((best, one) => (one.length < best.length ? one : best));
  }
  if (schema.allOf) {
    const found = schema.allOf.map(one => of(one));
    return found[0].filter(one => found.every(each => each.includes(one)));
  }
  if (Array.isArray(value)) {
    return value.flatMap((one, index) =>
      of(schema.items, one, `${path}[${index}]`),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const { properties = {}, additionalProperties: others } = schema;
    return Object.entries(value).flatMap(([name, one]) =>
      of(
        properties[name] ?? (typeof others === 'object' ? others : undefined),
        one,
        `${path}.${name}`,
      ),
    );
  }
  const isSo =
    ('const' in schema && schema.const === value) ||
    schema.enum?.includes(value) ||
    (!('const' in schema) && !schema.enum && isOf(schema.type, value));
  return isSo ? [] : [path];
}

function isOf(type: Schema['type'], value: unknown): boolean {
  const is = value === null ? 'null' : typeof value;
  return [type]
    .flat()
    .some(one => (one === 'integer' ? Number.isInteger(value) : one === is));
}
