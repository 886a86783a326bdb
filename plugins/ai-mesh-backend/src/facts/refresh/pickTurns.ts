import { createHash } from 'crypto';
import type { FactTurn } from '../store/StoredFacts';

export interface TurnRules {
  now: Date;
  periodMs: number;
  /** At most so many. */
  most: number;
  /** Whether something that an entity's facts depend on has changed since they were computed. */
  isChanged(turn: FactTurn): boolean;
}

/**
 * Whose turn it is: what changed or has waited for a whole period first, then what was never computed, then what has waited
 * longest. Never more than a share of all, so that a thousand entities ask their sources one after another, whatever
 * happened to all of them; and what changes all the time keeps no other from its turn.
 */
export function pickTurns(
  turns: readonly FactTurn[],
  { now, periodMs, most, isChanged }: TurnRules,
): FactTurn[] {
  const present = now.toISOString();
  // No turn is so far away: the clock was set back.
  const never = new Date(now.getTime() + 2 * periodMs).toISOString();
  const late = new Date(now.getTime() - periodMs).toISOString();
  const ranked = turns
    .filter(({ goneAt }) => goneAt === undefined)
    .flatMap(turn => {
      const changed = turn.observedAt !== undefined && isChanged(turn);
      const due = turn.dueAt <= present || turn.dueAt > never;
      const first = changed || turn.dueAt <= late;
      return first || due ? [{ turn, rank: rankOf(turn, first) }] : [];
    });
  return ranked
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.turn.dueAt.localeCompare(b.turn.dueAt) ||
        a.turn.entityRef.localeCompare(b.turn.entityRef),
    )
    .slice(0, most)
    .map(({ turn }) => turn);
}

function rankOf({ observedAt }: FactTurn, first: boolean): number {
  if (first) {
    return 0;
  }
  return observedAt === undefined ? 1 : 2;
}

/**
 * How many entities one tick takes, so that all have had their turn in half a period.
 *
 * @param entities - how many there are
 */
export function shareOf(
  entities: number,
  { tickMs, periodMs }: { tickMs: number; periodMs: number },
): number {
  return Math.max(5, Math.ceil((2 * entities * tickMs) / periodMs));
}

/** So soon after a turn there is no other: a share of the period. */
const SOONEST = 0.1;

/**
 * The next turn after one: at a time of the period that is always the same for one place. So the entities of a namespace
 * come to have their turns together, whenever they had the last one, and those of many namespaces do not.
 *
 * @param place - the namespace, or what else entities may have in common
 */
export function nextTurn(place: string, now: Date, periodMs: number): Date {
  const share =
    createHash('sha256').update(place).digest().readUInt16BE() / 65_536;
  const soonest = now.getTime() + SOONEST * periodMs;
  const since = (soonest - share * periodMs) % periodMs;
  return new Date(soonest + periodMs - since);
}
