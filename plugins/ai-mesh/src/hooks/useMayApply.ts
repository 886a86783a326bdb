import { aiMeshFixApplyPermission } from '@ai-mesh/plugin-ai-mesh-common';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import useAsync from 'react-use/esm/useAsync';

/** Whether one may have fixes of an entity applied. */
export interface MayApply {
  /** Not known yet. */
  loading: boolean;
  allowed: boolean;
  /** The reader's own entity reference; absent where the portal does not say. */
  self?: string;
}

/** The reader's right to have fixes applied. The backend decides; this only spares people buttons that will be refused. */
export function useMayApply(entityRef: string): MayApply {
  const identity = useApi(identityApiRef);
  const { value, loading } = useAsync(
    () => identity.getBackstageIdentity(),
    [identity],
  );
  const right = usePermission({
    permission: aiMeshFixApplyPermission,
    resourceRef: entityRef,
  });
  return {
    loading: loading || right.loading,
    allowed: right.allowed,
    self: value?.userEntityRef,
  };
}
