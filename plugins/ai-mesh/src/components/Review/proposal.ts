import type {
  Finding,
  FindingFix,
  FixSource,
} from '@ai-mesh/plugin-ai-mesh-common';

/** More than these the portal follows in no one request. */
export const MOST_OF_ONE_REQUEST = 50;

/** A template's output is not edited, nor what replaces an object as a whole. */
export function canBeProposed({
  source,
  before,
  jsonPatch,
}: FindingFix): boolean {
  const isTemplate =
    source?.status === 'chart' ||
    (source?.status === 'known' && source.madeBy === 'template');
  return !isTemplate && (jsonPatch !== undefined || before === undefined);
}

/** What the template's form begins with: findings that are kept in one place. */
export function proposalForm(
  entityRef: string,
  findings: readonly Finding[],
): object {
  const source = findings[0].fix?.source;
  return {
    entityRef,
    findings: findings.map(({ id }) => id),
    ...(source?.status === 'known' && {
      repository: source.repository,
      ...(source.path !== undefined && { path: source.path }),
      ...(source.revision !== undefined && { revision: source.revision }),
    }),
  };
}

/** Findings that one request can mend: kept in one folder of one repository, and no more than a request takes. */
export interface JointProposal {
  repository: string;
  path?: string;
  findings: Finding[];
}

/** Of findings those that can be mended together, two or more at a time. */
export function jointProposals(findings: readonly Finding[]): JointProposal[] {
  const joint = new Map<string, JointProposal>();
  for (const finding of findings) {
    const { fix } = finding;
    const source: FixSource | undefined = fix?.source;
    if (
      fix &&
      source?.status === 'known' &&
      canBeProposed(fix) &&
      finding.suppressedBy === undefined
    ) {
      const { repository, path, revision } = source;
      const key = JSON.stringify([repository, path, revision]);
      const one = joint.get(key) ?? { repository, path, findings: [] };
      if (one.findings.length < MOST_OF_ONE_REQUEST) {
        one.findings.push(finding);
      }
      joint.set(key, one);
    }
  }
  return [...joint.values()].filter(one => one.findings.length > 1);
}
