import { inEnglish, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { aboutSetting } from './aboutSetting';
import { implies, isTrivial } from './conditions';
import type { CandidateRule, MatchBlock } from './RouteSource';

/** The gateway that stands for callers in the mesh. */
export const MESH = 'mesh';

export interface Reachability {
  reachable: boolean;
  unreachableBecause?: string;
  /** The same for other languages. */
  unreachableWords?: Words[];
}

interface Catcher {
  readonly rule: CandidateRule;
  readonly block: MatchBlock;
}

/**
 * Which rules of a table can ever be asked: first match wins, so a rule is out of reach where earlier ones catch all
 * that it would match. Each gateway sees only its own blocks, and each protocol has a list of its own.
 *
 * @param meshLostTo - why callers in the mesh never come to this table, where another one takes them
 */
export function reachability(
  rules: readonly CandidateRule[],
  meshLostTo?: Words,
): Reachability[] {
  const earlier = new Map<string, Catcher[]>();
  /** What a gateway sees of a protocol, of which nothing else can catch its requests. */
  const seenBy = (gateway: string, rule: CandidateRule): Catcher[] => {
    const key = `${family(rule)} ${gateway}`;
    const seen = earlier.get(key) ?? [];
    earlier.set(key, seen);
    return seen;
  };
  return rules.map(rule => {
    if (rule.leftOut !== undefined) {
      return unreachable(...rule.leftOut);
    }
    let because: Words | undefined;
    let reachable = false;
    for (const block of rule.blocks) {
      for (const gateway of block.gateways) {
        if (gateway === MESH && meshLostTo !== undefined) {
          because ??= meshLostTo;
          continue;
        }
        const catcher = seenBy(gateway, rule).find(other =>
          covers(other.block, block),
        );
        if (catcher) {
          because ??= reason(catcher, rule);
        } else {
          reachable = true;
        }
      }
      for (const gateway of new Set(block.gateways)) {
        seenBy(gateway, rule).push({ rule, block });
      }
    }
    return reachable
      ? { reachable }
      : unreachable(because ?? wording('route.noGateway'));
  });
}

function unreachable(...why: readonly Words[]): Reachability {
  return {
    reachable: false,
    unreachableBecause: inEnglish(why),
    unreachableWords: [...why],
  };
}

/** Whether each request that the second block matches is matched by the first already. */
export function covers(first: MatchBlock, second: MatchBlock): boolean {
  return first.conditions.every(
    wanted =>
      second.conditions.some(given => implies(given, wanted)) ||
      isTrivial(wanted),
  );
}

function family({ protocol }: CandidateRule) {
  return protocol === 'grpc' ? 'http' : protocol;
}

function reason({ rule, block }: Catcher, caught: CandidateRule): Words {
  const { object, name } = rule;
  const isOwn =
    object.kind === caught.object.kind &&
    object.name === caught.object.name &&
    object.namespace === caught.object.namespace;
  const named = isOwn ? 'route.namedRule' : 'route.namedRuleOf';
  const nameless = isOwn ? 'route.path' : 'setting';
  return aboutSetting(
    block.conditions.every(isTrivial) ? 'route.takesEvery' : 'route.takesIts',
    rule,
    name ? { rule: name } : {},
    { catcher: name ? named : nameless },
  );
}
