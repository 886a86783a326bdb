import {
  aiMeshCanaryApprovePermission,
  aiMeshCanaryCleanUpPermission,
  aiMeshCanaryControlPermission,
  aiMeshCanaryRequestPermission,
  type Canary,
  type CanaryActionName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { May } from '../../../hooks';
import type { Translate } from '../../../translation';

type Right = 'request' | 'approve' | 'control' | 'cleanUp';

const rightFor: Record<CanaryActionName, Right> = {
  approve: 'approve',
  reject: 'approve',
  cancel: 'request',
  pause: 'control',
  resume: 'control',
  advance: 'control',
  rollBack: 'control',
  confirmStep: 'control',
  adoptDrift: 'control',
  restoreDrift: 'control',
  cleanUp: 'cleanUp',
  undoCleanUp: 'cleanUp',
};

const permissions: Record<Right, string> = {
  request: aiMeshCanaryRequestPermission.name,
  approve: aiMeshCanaryApprovePermission.name,
  control: aiMeshCanaryControlPermission.name,
  cleanUp: aiMeshCanaryCleanUpPermission.name,
};

function lacks(
  right: Right,
  entityRef: string,
  may: May,
  t: Translate,
): string | undefined {
  if (may.loading) {
    return t('canary.may.loading');
  }
  return may[right]
    ? undefined
    : t('canary.may.lacks', {
        permission: permissions[right],
        entity: entityRef,
      });
}

/** Why the reader may not do it, in a sentence; nothing where they may. */
export function whyNot(
  action: CanaryActionName,
  canary: Pick<Canary, 'requestedBy' | 'requesterMayApprove' | 'entityRef'>,
  may: May,
  t: Translate,
): string | undefined {
  const own = canary.requestedBy === may.self;
  if (action === 'approve' && own && !canary.requesterMayApprove) {
    return t('canary.may.ownRequest');
  }
  return lacks(rightFor[action], canary.entityRef, may, t);
}

/** The same for asking for a new one. */
export function whyNotRequest(
  entityRef: string,
  may: May,
  t: Translate,
): string | undefined {
  return lacks('request', entityRef, may, t);
}
