import {
  wording,
  type CanaryPreflightCheck,
  type JsonPatchOperation,
} from '@ai-mesh/plugin-ai-mesh-common';
import { EditError } from '../../kubernetes/ObjectEditor';
import type { CanaryStore } from '../store';
import { routeKey } from '../store';
import { blocks, ok, type FoundRoute } from './PreflightSubject';

/** Whether the route is free. */
export async function busyCheck(
  { route, subject }: FoundRoute,
  store: Pick<CanaryStore, 'holderOf'>,
): Promise<CanaryPreflightCheck> {
  const holder = await store.holderOf(routeKey(route));
  return holder !== undefined && holder !== subject.id
    ? blocks('busy-route', wording('busy.taken', { canary: holder }), holder)
    : ok('busy-route', wording('busy.free'));
}

/** Whether the cluster lets the portal write, and takes the very patch that would be written first. */
export async function writeChecks(
  { cluster, route }: FoundRoute,
  patch: readonly JsonPatchOperation[],
  signal: AbortSignal,
): Promise<CanaryPreflightCheck[]> {
  const { editor } = cluster;
  if (!editor) {
    return [
      blocks('may-patch', wording('patch.noEditor', { cluster: cluster.name })),
    ];
  }
  try {
    const { allowed, words } = await editor.mayPatch(route.object, signal);
    if (!allowed) {
      return [blocks('may-patch', words)];
    }
    const mayPatch = ok('may-patch', words);
    return patch.length === 0
      ? [mayPatch]
      : [mayPatch, await dryRun(editor, route, patch, signal)];
  } catch (error) {
    if (error instanceof EditError) {
      return [blocks('cluster', error.words)];
    }
    throw error;
  }
}

async function dryRun(
  editor: NonNullable<FoundRoute['cluster']['editor']>,
  { object }: FoundRoute['route'],
  patch: readonly JsonPatchOperation[],
  signal: AbortSignal,
): Promise<CanaryPreflightCheck> {
  try {
    await editor.patch(object, patch, { dryRun: true, signal });
    return ok('dry-run', wording('dryRun.fine'));
  } catch (error) {
    if (!(error instanceof EditError) || error.failure === 'unreachable') {
      throw error;
    }
    return error.failure === 'conflict'
      ? ok('dry-run', wording('dryRun.busy'))
      : blocks('dry-run', wording('dryRun.refused'), error.message);
  }
}
