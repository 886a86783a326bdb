import { Fault, FaultEffect, FaultScope, FaultTarget } from './Fault';

/** A fault that was asked for in a form that makes no sense; the message names the field. */
export class InvalidFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidFault';
  }
}

const targets: readonly FaultTarget[] = [
  'kubernetes',
  'prometheus',
  'kiali',
  'jaeger',
  'tempo',
];
const scopeFields = ['target', 'method', 'resource', 'count', 'seconds'];
const STARTING_SECONDS = 2;

type Fields = Record<string, unknown>;

/** How each type of fault is read, and the fields that it has of its own. */
const effects: {
  [T in FaultEffect['type']]: {
    fields: readonly string[];
    read(fields: Fields): Extract<FaultEffect, { type: T }>;
  };
} = {
  latency: {
    fields: ['latencyMs'],
    read: fields => ({
      type: 'latency',
      latencyMs: integer(fields, 'latencyMs', 0, 3_600_000),
    }),
  },
  status: {
    fields: ['status', 'retryAfterSeconds', 'message'],
    read: fields => ({
      type: 'status',
      status: integer(fields, 'status', 400, 599),
      ...(fields.retryAfterSeconds !== undefined && {
        retryAfterSeconds: integer(fields, 'retryAfterSeconds', 0, 86_400),
      }),
      ...(fields.message !== undefined && { message: text(fields, 'message') }),
    }),
  },
  hang: { fields: [], read: () => ({ type: 'hang' }) },
  disconnect: { fields: [], read: () => ({ type: 'disconnect' }) },
  'drop-watch': {
    fields: ['mode'],
    read: fields => ({
      type: 'drop-watch',
      mode: oneOf(fields, 'mode', ['silent', 'close'] as const),
    }),
  },
  'expire-watch': { fields: [], read: () => ({ type: 'expire-watch' }) },
  starting: { fields: [], read: () => ({ type: 'starting' }) },
  unserved: { fields: [], read: () => ({ type: 'unserved' }) },
};

/**
 * Reads a fault from JSON.
 *
 * @throws InvalidFault naming the field and what it may be
 */
export function parseFault(input: unknown): Fault {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidFault(
      'a fault is an object, for example {"target":"kubernetes","type":"latency","latencyMs":500}',
    );
  }
  const fields = input as Fields;
  const type = oneOf(
    fields,
    'type',
    Object.keys(effects) as FaultEffect['type'][],
  );
  const scope: FaultScope = { target: oneOf(fields, 'target', targets) };
  if (fields.method !== undefined) {
    scope.method = text(fields, 'method').toUpperCase();
  }
  if (fields.resource !== undefined) {
    scope.resource = text(fields, 'resource');
  }
  if (fields.count !== undefined) {
    scope.count = integer(fields, 'count', 1, 1_000_000);
  }
  if (fields.seconds !== undefined || type === 'starting') {
    scope.seconds =
      fields.seconds === undefined
        ? STARTING_SECONDS
        : integer(fields, 'seconds', 1, 86_400);
  }
  if (type.endsWith('-watch') && scope.target !== 'kubernetes') {
    throw new InvalidFault(`"type": only "kubernetes" has watches`);
  }
  if (
    (type === 'starting' || type === 'unserved') &&
    scope.target !== 'kubernetes'
  ) {
    throw new InvalidFault(`"type": "${type}" is for "kubernetes" alone`);
  }
  if (type === 'unserved' && scope.resource === undefined) {
    throw new InvalidFault('"resource": which one is not served is needed');
  }
  const known = ['type', ...scopeFields, ...effects[type].fields];
  const stranger = Object.keys(fields).find(field => !known.includes(field));
  if (stranger) {
    throw new InvalidFault(
      `"${stranger}": no such field for a fault of type "${type}"; there are ${known.join(', ')}`,
    );
  }
  return { ...scope, ...effects[type].read(fields) };
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') {
    throw new InvalidFault(`"${name}": a non-empty string is needed`);
  }
  return value;
}

function integer(
  fields: Fields,
  name: string,
  least: number,
  most: number,
): number {
  const value = fields[name];
  if (
    typeof value !== 'number' ||
    !Number.isInteger(value) ||
    value < least ||
    value > most
  ) {
    throw new InvalidFault(
      `"${name}": an integer from ${least} to ${most} is needed`,
    );
  }
  return value;
}

function oneOf<T extends string>(
  fields: Fields,
  name: string,
  allowed: readonly T[],
): T {
  const found = allowed.find(one => one === fields[name]);
  if (!found) {
    throw new InvalidFault(`"${name}": one of ${allowed.join(', ')} is needed`);
  }
  return found;
}
