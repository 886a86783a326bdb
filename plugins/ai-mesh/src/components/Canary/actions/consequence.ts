import type {
  Canary,
  CanaryActionName,
  CanaryPreflight,
  CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';
import { expectedWeights } from '../weights/expectedWeights';

/** What an action changes in the cluster. */
export type Consequence =
  | { kind: 'nothing' }
  /** What is absent cannot be told before. */
  | { kind: 'weights'; before?: CanaryWeights; after?: CanaryWeights }
  | { kind: 'replicas'; down: boolean };

/** What is known of the route of a canary that has not started. */
export type Outlook = Pick<CanaryPreflight, 'present' | 'steps'>;

/** The weight that follows by itself or by hand, percent; none where the last step holds. */
export function nextWeight(
  canary: Pick<Canary, 'next' | 'steps' | 'step'>,
): number | undefined {
  return canary.next.weight ?? canary.steps[canary.step + 1];
}

/** What an action will do to the weights or replicas. */
export function consequenceOf(
  action: CanaryActionName,
  canary: Canary,
  outlook?: Outlook,
): Consequence {
  const { weights, weightsBefore, drift } = canary;
  const present = drift ? drift.found : weights;
  switch (action) {
    case 'approve':
      return { kind: 'weights', ...firstWrite(canary, outlook) };
    case 'advance':
    case 'confirmStep':
      return {
        kind: 'weights',
        before: present,
        after: atWeight(canary, present, nextWeight(canary)),
      };
    case 'rollBack':
      return { kind: 'weights', before: present, after: weightsBefore };
    case 'adoptDrift':
      return { kind: 'weights', before: present, after: present };
    case 'restoreDrift':
      return { kind: 'weights', before: present, after: drift?.expected };
    case 'cleanUp':
      return { kind: 'replicas', down: true };
    case 'undoCleanUp':
      return { kind: 'replicas', down: false };
    default:
      return { kind: 'nothing' };
  }
}

function firstWrite(
  canary: Canary,
  outlook: Outlook | undefined,
): { before?: CanaryWeights; after?: CanaryWeights } {
  const before = outlook?.present;
  return canary.plan.headerPhase
    ? { before, after: before && { ...before, headerRule: true } }
    : { before, after: atWeight(canary, before, outlook?.steps[0]) };
}

/** Without a weight to go to, the present ones stay, and nobody is kept any more. */
function atWeight(
  { plan }: Canary,
  present: CanaryWeights | undefined,
  percent: number | undefined,
): CanaryWeights | undefined {
  if (!present) {
    return undefined;
  }
  const { affinity, ...weights } = present;
  return percent === undefined
    ? weights
    : {
        ...expectedWeights(weights, percent),
        headerRule: false,
        ...(plan.affinity && { affinity: true }),
      };
}

/** Whether an action would be the same decision in a later state of the canary. */
export function doesTheSame(
  action: CanaryActionName,
  before: Canary,
  after: Canary,
  outlook?: Outlook,
): boolean {
  const said = (canary: Canary) =>
    JSON.stringify(consequenceOf(action, canary, outlook));
  return (
    before.state === after.state &&
    after.actions.includes(action) &&
    said(before) === said(after)
  );
}
