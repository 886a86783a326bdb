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
  const before = new Map<string, Taker[]>();
  const found: Overlap[] = [];
  for (const rule of rules) {
    const alike = before.get(family(rule)) ?? [];
    before.set(family(rule), alike);
    const own: Taker[] = [];
    const byOthers: (Taker | undefined)[] = [];
    const taken: { index: number; by: Taker }[] = [];
    for (const [index, block] of rule.blocks.entries()) {
      const other = takerOf(block, alike);
      const by = other ?? takerOf(block, alike, own);
      byOthers.push(other);
      if (by) {
        taken.push({ index, by });
      }
      own.push({ rule, block });
    }
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
      alike.push(...own);
    }
  }
  return found;
}

/** Every gateway of a block has to be taken; the first one's taker is named. */
function takerOf(
  block: MatchBlock,
  ...takers: readonly (readonly Taker[])[]
): Taker | undefined {
  const left = new Set(block.gateways);
  let first: Taker | undefined;
  for (const some of takers) {
    for (const taker of some) {
      const fresh = taker.block.gateways.filter(gateway => left.has(gateway));
      if (fresh.length > 0 && covers(taker.block, block)) {
        fresh.forEach(gateway => left.delete(gateway));
        if (fresh.includes(block.gateways[0])) {
          first = taker;
        }
        if (left.size === 0) {
          return first;
        }
      }
    }
  }
  return undefined;
}

function family({ protocol }: CandidateRule): string {
  return protocol === 'grpc' ? 'http' : protocol;
}

function matchField({ object }: CandidateRule): string {
  return object.kind === 'VirtualService' ? 'match' : 'matches';
}
