import { implies, isTrivial } from './conditions';
import type { CandidateRule, MatchBlock } from './RouteSource';

/** The gateway that stands for callers in the mesh. */
export const MESH = 'mesh';

export interface Reachability {
  reachable: boolean;
  unreachableBecause?: string;
}

/**
 * Which rules of a table can ever be asked: first match wins, so a rule is out of reach where earlier ones catch all
 * that it would match. Each gateway sees only its own blocks, and each protocol has a list of its own.
 *
 * @param meshLostTo - why callers in the mesh never come to this table, where another one takes them
 */
export function reachability(
  rules: readonly CandidateRule[],
  meshLostTo?: string,
): Reachability[] {
  const earlier: { rule: CandidateRule; block: MatchBlock }[] = [];
  return rules.map(rule => {
    if (rule.leftOut !== undefined) {
      return { reachable: false, unreachableBecause: rule.leftOut };
    }
    let because: string | undefined;
    let reachable = false;
    for (const block of rule.blocks) {
      for (const gateway of block.gateways) {
        if (gateway === MESH && meshLostTo !== undefined) {
          because ??= meshLostTo;
          continue;
        }
        const catcher = earlier.find(
          other =>
            family(other.rule) === family(rule) &&
            other.block.gateways.includes(gateway) &&
            covers(other.block, block),
        );
        if (catcher) {
          because ??= reason(catcher, rule);
        } else {
          reachable = true;
        }
      }
      earlier.push({ rule, block });
    }
    return reachable
      ? { reachable }
      : {
          reachable,
          unreachableBecause: because ?? 'It applies to no gateway.',
        };
  });
}

/** Whether each request that the second block matches is matched by the first already. */
export function covers(first: MatchBlock, second: MatchBlock): boolean {
  return first.conditions
    .filter(condition => !isTrivial(condition))
    .every(wanted => second.conditions.some(given => implies(given, wanted)));
}

function family({ protocol }: CandidateRule) {
  return protocol === 'grpc' ? 'http' : protocol;
}

function reason(
  catcher: { rule: CandidateRule; block: MatchBlock },
  rule: CandidateRule,
): string {
  const { object, path, name } = catcher.rule;
  const label = name ? `${path} (${name})` : path;
  const where =
    object.kind === rule.object.kind &&
    object.name === rule.object.name &&
    object.namespace === rule.object.namespace
      ? label
      : `${label} of ${object.kind} ${object.namespace}/${object.name}`;
  return catcher.block.conditions.every(isTrivial)
    ? `${where} takes every request before it.`
    : `${where} takes every request that it would match.`;
}
