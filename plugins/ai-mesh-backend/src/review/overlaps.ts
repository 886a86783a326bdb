import { covers } from '../routes/reachability';
import type { CandidateRule, MatchBlock } from '../routes/RouteSource';

/** A rule, or one alternative of its match, that never takes anything new. */
export interface Overlap {
  readonly kind: 'unreachable' | 'overlap';
  readonly rule: CandidateRule;
  /** The rule's path, or that of the alternative. */
  readonly path: string;
  /** The rule that takes it before. */
  readonly catcher: CandidateRule;
}

interface Taker {
  readonly rule: CandidateRule;
  readonly block: MatchBlock;
}

/**
 * What no request ever comes to, rule by rule: a rule all of whose alternatives are taken before it, and single
 * alternatives that an earlier one, of the same rule too, takes already. Each gateway sees its own.
 */
export function overlaps(rules: readonly CandidateRule[]): Overlap[] {
  const before: Taker[] = [];
  const found: Overlap[] = [];
  for (const rule of rules) {
    const own: Taker[] = [];
    const taken: { index: number; by: Taker }[] = [];
    for (const [index, block] of rule.blocks.entries()) {
      const by = takerOf(block, rule, [...before, ...own]);
      if (by) {
        taken.push({ index, by });
      }
      own.push({ rule, block });
    }
    const byOthers = rule.blocks.map(block => takerOf(block, rule, before));
    const [first] = byOthers;
    if (first && byOthers.every(Boolean)) {
      found.push({
        kind: 'unreachable',
        rule,
        path: rule.path,
        catcher: first.rule,
      });
    } else {
      found.push(
        ...taken.map(({ index, by }): Overlap => ({
          kind: 'overlap',
          rule,
          path: `${rule.path}.${matchField(rule)}[${index}]`,
          catcher: by.rule,
        })),
      );
    }
    if (rule.leftOut === undefined) {
      before.push(...own);
    }
  }
  return found;
}

function takerOf(
  block: MatchBlock,
  rule: CandidateRule,
  takers: readonly Taker[],
): Taker | undefined {
  const candidates = takers.filter(
    taker => family(taker.rule) === family(rule) && covers(taker.block, block),
  );
  // Every gateway of it has to be taken; the first one's taker is named.
  const byGateway = block.gateways.map(gateway =>
    candidates.find(taker => taker.block.gateways.includes(gateway)),
  );
  return byGateway.every(Boolean) ? byGateway[0] : undefined;
}

function family({ protocol }: CandidateRule): string {
  return protocol === 'grpc' ? 'http' : protocol;
}

function matchField({ object }: CandidateRule): string {
  return object.kind === 'VirtualService' ? 'match' : 'matches';
}
