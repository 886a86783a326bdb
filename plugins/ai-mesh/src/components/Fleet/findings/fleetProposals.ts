import type {
  Finding,
  FindingCode,
  FindingFix,
  Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isUnproven } from '../../Review/isUnproven';
import { canBeProposed } from '../../Review/proposal';

/** Why a finding cannot be mended from here. */
export type Obstacle =
  'permission' | 'unproven' | 'noFix' | 'template' | 'noSource';

/** A finding in a service, with what mending it changes or why it cannot be. */
export interface ServiceChange {
  entityRef: string;
  finding: Finding;
  obstacle?: Obstacle;
}

/** What one pull request mends: all that is kept in one repository. */
export interface FleetProposal {
  /** The address of the repository, or of the folder that an annotation names. */
  repository: string;
  revision?: string;
  changes: { entityRef: string; finding: Finding; fix: FindingFix }[];
}

/** The findings of a code in a review that nothing silences. */
export function changesIn(
  { entityRef, findings, resolution }: Review,
  code: FindingCode,
  mayRequest: boolean,
): ServiceChange[] {
  return findings
    .filter(one => one.code === code && !one.suppressedBy)
    .map(finding => ({
      entityRef,
      finding,
      obstacle: obstacleOf(
        finding,
        mayRequest,
        isUnproven(finding, resolution.ownership),
      ),
    }));
}

function obstacleOf(
  { fix }: Finding,
  mayRequest: boolean,
  unproven: boolean,
): Obstacle | undefined {
  if (!fix) {
    return 'noFix';
  }
  if (!mayRequest) {
    return 'permission';
  }
  if (unproven) {
    return 'unproven';
  }
  if (!canBeProposed(fix)) {
    return 'template';
  }
  return fix.source?.status === 'known' ? undefined : 'noSource';
}

/** One for each repository; a finding that several entities have is mended once. */
export function fleetProposals(
  changes: readonly ServiceChange[],
): FleetProposal[] {
  const proposals = new Map<string, FleetProposal>();
  const taken = new Set<string>();
  for (const { entityRef, finding, obstacle } of changes) {
    const { id, fix } = finding;
    if (obstacle || fix?.source?.status !== 'known' || taken.has(id)) {
      continue;
    }
    taken.add(id);
    const { repository, revision } = fix.source;
    const key = JSON.stringify([repository, revision]);
    const one = proposals.get(key) ?? { repository, revision, changes: [] };
    one.changes.push({ entityRef, finding, fix });
    proposals.set(key, one);
  }
  return [...proposals.values()];
}

/** What is changed in each manifest, in the order that it came in. */
export function byManifest(
  changes: FleetProposal['changes'],
): FleetProposal['changes'][] {
  const manifests = new Map<string, FleetProposal['changes']>();
  for (const change of changes) {
    const { cluster, kind, namespace, name } = change.fix.object;
    const key = JSON.stringify([cluster, kind, namespace, name]);
    manifests.set(key, [...(manifests.get(key) ?? []), change]);
  }
  return [...manifests.values()];
}
