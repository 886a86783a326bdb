import type {
  Finding,
  FindingCode,
  FindingSeverity,
  Review,
  Unreadable,
} from '@ai-mesh/plugin-ai-mesh-common';
import { unknownKind } from '../kubernetes/unknownKind';
import type { MeshKind } from '../kubernetes/kinds';
import { gap, type Analyzer, type Draft, type Gap } from './Analyzer';
import { analyzers as everyAnalyzer } from './analyzers';
import { astray } from './astray';
import { assembleFindings } from './assembleFindings';
import { deadDelegates } from './deadDelegates';
import { relatedObjects } from './relatedObjects';
import type { ReviewSubject } from './ReviewSubject';
import { surroundings } from './surroundings';
import { unreadableIn } from './unreadableIn';

/** What the review says of one service. */
export interface ServiceJudgement {
  readonly findings: Finding[];
  readonly notJudged: Review['notJudged'];
  readonly unreadable: Unreadable[];
}

/** Reviews one service. Pure, and throws nothing, whatever the objects hold. */
export function judgeService(
  subject: ReviewSubject,
  analyzers: readonly Analyzer[] = everyAnalyzer,
): ServiceJudgement {
  const steps = judgeInSteps(subject, analyzers);
  let step = steps.next();
  while (!step.done) {
    step = steps.next();
  }
  return step.value;
}

/** The same in steps: of a service with thousands of routes others have to have their turn meanwhile. */
export function* judgeInSteps(
  subject: ReviewSubject,
  analyzers: readonly Analyzer[] = everyAnalyzer,
): Generator<void, ServiceJudgement> {
  const drafts: { draft: Draft; ofObject: boolean }[] = [];
  const gaps: Gap[] = [];
  for (const analyzer of analyzers) {
    yield;
    const missing = unreadKind(subject, analyzer.needs);
    if (missing) {
      gaps.push(...analyzer.codes.map(code => gap(code, missing)));
    } else {
      for (const found of analyzer.analyze(subject)) {
        if ('gap' in found) {
          gaps.push(found);
        } else {
          drafts.push({ draft: found, ofObject: analyzer.ofObject ?? false });
        }
      }
    }
  }
  yield;
  const findings = sortFindings(assembleFindings(subject, drafts));
  yield;
  return {
    findings,
    notJudged: notJudged(subject, gaps),
    unreadable: [
      ...deadDelegates(subject),
      ...[
        ...new Set([
          ...relatedObjects(subject),
          ...surroundings(subject),
          ...astray(subject.snapshot, subject.service.namespace),
        ]),
      ].flatMap(object => unreadableIn(subject.snapshot, object)),
    ],
  };
}

/** Why a kind cannot be read; one that the cluster does not serve has no objects, which is known. */
function unreadKind({ snapshot }: ReviewSubject, needs: readonly MeshKind[]) {
  for (const kind of needs) {
    const missing = unknownKind(snapshot, kind);
    if (
      missing?.status === 'unknown' &&
      snapshot.state(kind).status !== 'not-served'
    ) {
      return missing;
    }
  }
  return undefined;
}

function notJudged(
  { service }: ReviewSubject,
  gaps: readonly Gap[],
): Review['notJudged'] {
  const byCode = new Map<FindingCode, Gap>();
  for (const found of gaps) {
    if (!byCode.has(found.gap)) {
      byCode.set(found.gap, found);
    }
  }
  return [...byCode.values()].map(({ gap: code, ...why }) => ({
    code,
    service,
    ...why,
  }));
}

const ORDER: readonly FindingSeverity[] = ['high', 'medium', 'low', 'note'];

/** Worst first, then by code; suppressed ones last. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, suppressedBy }: Finding) =>
    ORDER.indexOf(severity) + (suppressedBy ? ORDER.length : 0);
  return [...findings].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      a.code.localeCompare(b.code) ||
      a.id.localeCompare(b.id),
  );
}

/** Findings by severity, without the suppressed ones. */
export function countFindings(
  findings: readonly Pick<Finding, 'severity' | 'suppressedBy'>[],
): Review['counts'] {
  const counts = { high: 0, medium: 0, low: 0, note: 0 };
  for (const { severity, suppressedBy } of findings) {
    counts[severity] += suppressedBy ? 0 : 1;
  }
  return counts;
}
