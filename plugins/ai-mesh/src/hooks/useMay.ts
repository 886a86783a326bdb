import {
  aiMeshCanaryApprovePermission,
  aiMeshCanaryCleanUpPermission,
  aiMeshCanaryControlPermission,
  aiMeshCanaryRequestPermission,
} from '@ai-mesh/plugin-ai-mesh-common';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import useAsync from 'react-use/esm/useAsync';

/** What one may do about an entity's canaries. */
export interface May {
  /** Not known yet. */
  loading: boolean;
  request: boolean;
  approve: boolean;
  control: boolean;
  cleanUp: boolean;
  /** The reader's own entity reference; absent where the portal does not say. */
  self?: string;
}

/** The reader's rights on an entity. The backend decides; this only spares people buttons that will be refused. */
export function useMay(entityRef: string): May {
  const identity = useApi(identityApiRef);
  const { value, loading } = useAsync(
    () => identity.getBackstageIdentity(),
    [identity],
  );
  const on = { resourceRef: entityRef };
  const request = usePermission({
    permission: aiMeshCanaryRequestPermission,
    ...on,
  });
  const approve = usePermission({
    permission: aiMeshCanaryApprovePermission,
    ...on,
  });
  const control = usePermission({
    permission: aiMeshCanaryControlPermission,
    ...on,
  });
  const cleanUp = usePermission({
    permission: aiMeshCanaryCleanUpPermission,
    ...on,
  });
  return {
    loading:
      loading ||
      [request, approve, control, cleanUp].some(answer => answer.loading),
    request: request.allowed,
    approve: approve.allowed,
    control: control.allowed,
    cleanUp: cleanUp.allowed,
    self: value?.userEntityRef,
  };
}
