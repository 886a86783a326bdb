import {
  type CanaryHeaderMatch,
  type CanaryPlan,
  canaryPlanSchema,
  canaryPlanWeights,
  joinValues,
  splitValues,
} from '@ai-mesh/plugin-ai-mesh-common';
import { type GatesDraft, gatesDraftOf, gatesOf } from './gatesDraft';

/** How a header's value is asked for. */
export const headerKinds = ['value', 'values', 'prefix', 'regex'] as const;

/** One header of the header phase as it is typed; several values are separated by commas. */
export interface HeaderDraft {
  name: string;
  kind: (typeof headerKinds)[number];
  value: string;
}

/** A plan as it is typed: texts, which may be wrong. */
export interface PlanDraft {
  mode: 'even' | 'named';
  initialWeight: string;
  stepWeight: string;
  targetWeight: string;
  /** `1, 5, 25, 50, 100` */
  steps: string;
  confirmBefore: number[];
  intervalSeconds: string;
  checkSeconds: string;
  /** Percent. */
  confidence: string;
  minRequests: string;
  failureLimit: string;
  longestHoldSeconds: string;
  headerPhase: boolean;
  headers: HeaderDraft[];
  affinity: boolean;
  cookie: string;
  cookieSeconds: string;
  cookieSecure: boolean;
  /** ISO 8601; empty for none. */
  notBefore: string;
  notAfter: string;
  cleanUp: boolean;
  soakSeconds: string;
  reversibleSeconds: string;
  gates: GatesDraft;
  /** Names of further gates; absent where the backend knows none. */
  qualityGates: string[] | undefined;
}

/** The draft that a form begins with. */
export function draftOf(plan: CanaryPlan): PlanDraft {
  const cleanUp = plan.cleanUp ?? {
    soakSeconds: 3600,
    reversibleSeconds: 86400,
  };
  const affinity = plan.affinity ?? {
    cookie: 'ai-mesh-canary',
    maxAgeSeconds: 86_400,
    secure: true,
  };
  return {
    mode: plan.steps ? 'named' : 'even',
    initialWeight: String(plan.initialWeight),
    stepWeight: String(plan.stepWeight),
    targetWeight: String(plan.targetWeight),
    steps: (plan.steps ?? [1, 5, 25, 50, 100]).join(', '),
    confirmBefore: plan.confirmBefore,
    intervalSeconds: String(plan.intervalSeconds),
    checkSeconds: String(plan.checkSeconds),
    confidence: String(Number((plan.confidence * 100).toPrecision(12))),
    minRequests: String(plan.minRequests),
    failureLimit: String(plan.failureLimit),
    longestHoldSeconds: String(plan.longestHoldSeconds),
    headerPhase: plan.headerPhase !== undefined,
    headers: plan.headerPhase?.headers.map(headerDraftOf) ?? [
      { name: 'x-user-tier', kind: 'value', value: 'vip' },
    ],
    affinity: plan.affinity !== undefined,
    cookie: affinity.cookie,
    cookieSeconds: String(affinity.maxAgeSeconds),
    cookieSecure: affinity.secure,
    notBefore: '',
    notAfter: '',
    cleanUp: plan.cleanUp !== undefined,
    soakSeconds: String(cleanUp.soakSeconds),
    reversibleSeconds: String(cleanUp.reversibleSeconds),
    gates: gatesDraftOf(plan.gates),
    qualityGates: plan.qualityGates,
  };
}

/** A text as a number; one that is none is not a number for the schema either. */
export function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** The weights that the draft goes through, as far as they can be read. */
export function weightsOf(draft: PlanDraft): number[] {
  const { steps, ...even } = weightFields(draft);
  if (steps) {
    return steps.filter(Number.isFinite);
  }
  return Object.values(even).every(weight => weight >= 1 && weight <= 100)
    ? canaryPlanWeights(even)
    : [];
}

/** What is wrong with a draft, by the path of the field. */
export type DraftIssues = Record<string, 'range' | 'rule'>;

/**
 * Reads a draft: a plan, or what is wrong and where.
 *
 * @param leastIntervalSeconds - what the service's cluster takes for four scrapes
 */
export function readDraft(
  draft: PlanDraft,
  leastIntervalSeconds = 0,
):
  | { plan: CanaryPlan; issues?: undefined }
  | { plan?: undefined; issues: DraftIssues } {
  const weights = weightsOf(draft);
  const parsed = canaryPlanSchema.safeParse({
    ...weightFields(draft),
    // A step that is no longer one needs no confirmation.
    confirmBefore: draft.confirmBefore.filter(
      weight =>
        weights.includes(weight) &&
        (draft.headerPhase || weight !== weights[0]),
    ),
    intervalSeconds: numberOf(draft.intervalSeconds),
    checkSeconds: numberOf(draft.checkSeconds),
    confidence: numberOf(draft.confidence) / 100,
    minRequests: numberOf(draft.minRequests),
    failureLimit: numberOf(draft.failureLimit),
    longestHoldSeconds: numberOf(draft.longestHoldSeconds),
    ...(draft.headerPhase && {
      headerPhase: { headers: draft.headers.map(headerOf) },
    }),
    ...(draft.affinity && {
      affinity: {
        cookie: draft.cookie.trim(),
        maxAgeSeconds: numberOf(draft.cookieSeconds),
        secure: draft.cookieSecure,
      },
    }),
    ...((draft.notBefore || draft.notAfter) && {
      startWindow: {
        notBefore: draft.notBefore || undefined,
        notAfter: draft.notAfter || undefined,
      },
    }),
    ...(draft.cleanUp && {
      cleanUp: {
        soakSeconds: numberOf(draft.soakSeconds),
        reversibleSeconds: numberOf(draft.reversibleSeconds),
      },
    }),
    gates: gatesOf(draft.gates),
    qualityGates: draft.qualityGates,
  });
  if (parsed.success) {
    return parsed.data.intervalSeconds < leastIntervalSeconds
      ? { issues: { intervalSeconds: 'rule' } }
      : { plan: parsed.data };
  }
  const issues: DraftIssues = {};
  for (const { path, code } of parsed.error.issues) {
    issues[path.join('.')] ??= code === 'custom' ? 'rule' : 'range';
  }
  return { issues };
}

function headerDraftOf(match: CanaryHeaderMatch): HeaderDraft {
  const kind = headerKinds.find(one => match[one] !== undefined) ?? 'value';
  const value = match.values
    ? match.values.map(one => joinValues([one])).join(', ')
    : (match[kind] as string | undefined);
  return { name: match.name, kind, value: value ?? '' };
}

function headerOf({ name, kind, value }: HeaderDraft) {
  return kind === 'values'
    ? {
        name,
        values: splitValues(value),
      }
    : { name, [kind]: value };
}

function weightFields(draft: PlanDraft) {
  const even = {
    initialWeight: numberOf(draft.initialWeight),
    stepWeight: numberOf(draft.stepWeight),
    targetWeight: numberOf(draft.targetWeight),
  };
  return draft.mode === 'even'
    ? { ...even, steps: undefined }
    : {
        ...{ initialWeight: 5, stepWeight: 10, targetWeight: 100 },
        steps: draft.steps
          .split(/[,，\s]+/)
          .filter(Boolean)
          .map(numberOf),
      };
}
