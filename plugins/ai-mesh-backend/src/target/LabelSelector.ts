import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { shortened } from '../shortened';
import { WordedError } from '../WordedError';
import { redact } from './redact';

/** One condition of a label selector; all conditions of one selector must hold. */
export type LabelRequirement =
  | { key: string; operator: 'in' | 'notin'; values: readonly string[] }
  | { key: string; operator: 'exists' | 'absent' };

const key =
  /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const value = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Whether a text can be the value of a Kubernetes label. */
export function isLabelValue(text: string): boolean {
  return value.test(text);
}

/**
 * Reads a label selector in the whole syntax of Kubernetes: `app=chat,tier!=cache,env in (a, b),!legacy`.
 *
 * @throws WordedError with half a sentence that quotes the part that cannot be read
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  return partsOf(text).map(requirement);
}

/** Whether labels meet every condition. */
export function meets(
  labels: Readonly<Record<string, string>> = {},
  requirements: readonly LabelRequirement[],
): boolean {
  return requirements.every(condition => {
    const present = Object.hasOwn(labels, condition.key);
    switch (condition.operator) {
      case 'in':
        return present && condition.values.includes(labels[condition.key]);
      case 'notin':
        return !present || !condition.values.includes(labels[condition.key]);
      case 'exists':
        return present;
      case 'absent':
      default:
        return !present;
    }
  });
}

/** A label of which every object that meets the conditions has one of some values; undefined where no condition says so. */
export function labelNamed(
  requirements: readonly LabelRequirement[],
): { key: string; values: readonly string[] } | undefined {
  for (const condition of requirements) {
    if (condition.operator === 'in') {
      return condition;
    }
  }
  return undefined;
}

/** Splits at the commas that are not within parentheses. */
function partsOf(text: string): string[] {
  const parts = [''];
  let within = false;
  for (const letter of text) {
    within = letter === '(' || (within && letter !== ')');
    if (letter === ',' && !within) {
      parts.push('');
    } else {
      parts[parts.length - 1] += letter;
    }
  }
  return parts.map(part => part.trim());
}

function requirement(part: string): LabelRequirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set) {
    const values = set[3].split(',').map(item => item.trim());
    const operator = set[2] === 'in' ? 'in' : 'notin';
    return {
      key: keyOf(set[1], part),
      operator,
      values: checked(values, part),
    };
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(part);
  if (equality) {
    const operator = equality[2] === '!=' ? 'notin' : 'in';
    const values = checked([equality[3]], part);
    return { key: keyOf(equality[1], part), operator, values };
  }
  const absent = /^!\s*(\S+)$/.exec(part);
  return absent
    ? { key: keyOf(absent[1], part), operator: 'absent' }
    : { key: keyOf(part, part), operator: 'exists' };
}

function keyOf(text: string, part: string): string {
  if (!key.test(text)) {
    throw unreadable(part);
  }
  return text;
}

function checked(values: string[], part: string): string[] {
  if (!values.every(isLabelValue)) {
    throw unreadable(part);
  }
  return values;
}

function unreadable(part: string): WordedError {
  return new WordedError(
    part === ''
      ? wording('annotation.empty')
      : wording('annotation.notCondition', { part: quoted(part) }),
  );
}

/** A text from outside, so that it can stand in a message; without credentials. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(redact(text), 80));
}
