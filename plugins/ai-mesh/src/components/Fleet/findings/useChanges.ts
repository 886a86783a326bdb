import {
  aiMeshFixRequestPermission,
  type FindingCode,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import useAsync from 'react-use/esm/useAsync';
import { aiMeshApiRef } from '../../../api';
import { changesIn, type ServiceChange } from './fleetProposals';

/** Reviews are read so many at a time, not to keep a mesh's API server busy. */
const AT_ONCE = 4;

/** A service whose review could not be read. */
export interface Unread {
  entityRef: string;
  error: Error;
}

/** What mending a code changes in some services, by their reviews now and the reader's rights. */
export function useChanges(code: FindingCode, entityRefs: readonly string[]) {
  const api = useApi(aiMeshApiRef);
  const permissions = useApi(permissionApiRef);
  return useAsync(async () => {
    const changes: ServiceChange[] = [];
    const unread: Unread[] = [];
    const look = async (entityRef: string) => {
      let review: Review;
      try {
        review = await api.review(entityRef);
      } catch (error) {
        unread.push({ entityRef, error: error as Error });
        return;
      }
      const { result } = await permissions.authorize({
        permission: aiMeshFixRequestPermission,
        resourceRef: entityRef,
      });
      changes.push(...changesIn(review, code, result === 'ALLOW'));
    };
    for (let at = 0; at < entityRefs.length; at += AT_ONCE) {
      await Promise.all(entityRefs.slice(at, at + AT_ONCE).map(look));
    }
    return { changes, unread };
  }, [api, permissions, code, entityRefs]);
}
