import { StatusCause } from '../status/ApiError';
import { fieldAt } from '../../store/fieldAt';

/** An error of the schema validator (ajv), as far as it is read here. */
export interface SchemaError {
  /** JSON pointer: `/spec/http/0/route/0/weight`. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

/** Says what a schema found wrong in the words of an API server. */
export function schemaCauses(
  errors: readonly SchemaError[],
  object: object,
): StatusCause[] {
  const typeErrors = new Set(
    errors.filter(isTypeError).map(({ instancePath }) => instancePath),
  );
  const causes = errors
    .filter(
      error =>
        // A value of the wrong type has no format, no least and no greatest.
        isTypeError(error) || !typeErrors.has(error.instancePath),
    )
    .map(error => cause(error, object));
  // A schema that says a thing twice finds it wrong twice.
  return [
    ...new Map(causes.map(each => [JSON.stringify(each), each])).values(),
  ];
}

function isTypeError({ keyword }: SchemaError): boolean {
  return keyword === 'type';
}

function cause(error: SchemaError, object: object): StatusCause {
  const { keyword, params } = error;
  const keys = error.instancePath
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  const field = display(keys);
  const value = fieldAt(object, keys);
  switch (keyword) {
    case 'required':
      return {
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: display([...keys, String(params.missingProperty)]),
      };
    case 'enum':
      return {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${(
          params.allowedValues as unknown[]
        )
          .map(allowed => JSON.stringify(allowed))
          .join(', ')}`,
        field,
      };
    case 'type':
      return {
        reason: 'FieldValueTypeInvalid',
        message: `Invalid value: "${typeName(value)}": ${field} in body must be of type ${String(params.type)}: "${typeName(value)}"`,
        field,
      };
    case 'oneOf': {
      const passing = params.passingSchemas as unknown[] | null;
      return invalidValue(
        field,
        value,
        `"${field}" must validate one and only one schema (oneOf). Found ${
          passing ? `${passing.length} valid alternatives` : 'none valid'
        }`,
      );
    }
    case 'not':
      return invalidValue(
        field,
        value,
        `"${field}" must not validate the schema (not)`,
      );
    default:
      return invalidValue(
        field,
        value,
        `${field} in body ${error.message ?? `violates "${keyword}"`}`,
      );
  }
}

function invalidValue(
  field: string,
  value: unknown,
  explanation: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value) ?? 'null'}: ${explanation}`,
    field,
  };
}

/** `spec.http[0].route[0].weight` */
function display(keys: readonly string[]): string {
  return keys
    .map(key => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function typeName(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}
