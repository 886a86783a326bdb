import type { Action, Wanted } from './AccessPolicy';
import type { Attribute, CallRequest } from './CallRequest';
import type { Enforcer } from './Enforcer';
import { all, any, not, type Obstacle, type Tri } from './Tri';

export interface RuleContext {
  readonly request: CallRequest;
  readonly action: Action;
  /** Where the policy lives: service accounts without a namespace are meant there. */
  readonly policyNamespace: string;
  readonly enforcer: Enforcer;
}

/** One of the values, where any are given, and none of the others. A request without the attribute has no value. */
export function matchWanted(
  { values, notValues, path }: Wanted,
  what: Obstacle['what'],
  attribute: Attribute,
  matches: (pattern: string, value: string) => Tri,
): Tri {
  if (attribute === undefined) {
    return { what, path };
  }
  const one = (pattern: string): Tri =>
    attribute === null ? 'no' : matches(pattern, attribute);
  return all([
    values.length === 0 ? 'yes' : any(values.map(one)),
    not(any(notValues.map(one))),
  ]);
}
