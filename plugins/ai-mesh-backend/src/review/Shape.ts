import {
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { whyNotRead } from '../kubernetes/ObjectLimits';
import { parseDurationMs } from '../routes/duration';

/** Takes note of a place that is not what it should be. */
export type Report = (path: string, expected: Words) => void;

/** What a place in an object may hold; reports each place that holds something else. */
export type Shape = (value: unknown, path: string, report: Report) => void;

function leaf(expected: Words, holds: (value: unknown) => boolean): Shape {
  return (value, path, report) => {
    if (!holds(value)) {
      report(path, expected);
    }
  };
}

export const text = leaf(
  wording('expected.text'),
  value => typeof value === 'string',
);
export const flag = leaf(
  wording('expected.flag'),
  value => typeof value === 'boolean',
);
export const count = leaf(
  wording('expected.count'),
  value => Number.isSafeInteger(value) && (value as number) >= 0,
);
export const percentage = leaf(
  wording('expected.percentage'),
  value => typeof value === 'number' && value >= 0 && value <= 100,
);
export const port = leaf(
  wording('expected.port'),
  value =>
    Number.isInteger(value) &&
    (value as number) >= 1 &&
    (value as number) <= 65_535,
);
export const duration = leaf(
  wording('expected.duration'),
  value => typeof value === 'string' && parseDurationMs(value) !== undefined,
);
/** DNS allows no more. */
export const host = leaf(
  wording('expected.host'),
  value =>
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= 253 &&
    !/\s/.test(value),
);
/** Whatever it is, nobody here reads it. */
export const anything: Shape = () => undefined;

export function oneOf(...values: string[]): Shape {
  return leaf(wording('expected.oneOf', { values: values.join(', ') }), value =>
    values.includes(value as string),
  );
}

export function list(entry: Shape, { filled = false } = {}): Shape {
  return (value, path, report) => {
    if (!Array.isArray(value)) {
      report(path, wording('expected.list'));
      return;
    }
    if (filled && value.length === 0) {
      report(path, wording('expected.filledList'));
    }
    value.forEach((item, index) => entry(item, `${path}[${index}]`, report));
  };
}

/** Any keys, each with the same kind of content. */
export function map(
  entry: Shape,
  key?: RegExp,
  keys: TextKey = 'expected.knownKey',
): Shape {
  return (value, path, report) => {
    if (!isObject(value)) {
      report(path, wording('expected.object'));
      return;
    }
    for (const [name, content] of Object.entries(value)) {
      if (key && !key.test(name)) {
        report(`${path}.${name}`, wording(keys));
      }
      entry(content, `${path}.${name}`, report);
    }
  };
}

/** Known keys, which may be absent or null unless required. What else there is, nobody here reads. */
export function object(
  fields: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Shape {
  return (value, path, report) => {
    if (!isObject(value)) {
      report(path, whyNotRead(value) ?? wording('expected.object'));
      return;
    }
    for (const [name, shape] of Object.entries(fields)) {
      const content = Object.hasOwn(value, name) ? value[name] : undefined;
      if (content !== undefined && content !== null) {
        shape(content, `${path}.${name}`, report);
      } else if (required.includes(name)) {
        report(`${path}.${name}`, wording('expected.there'));
      }
    }
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
