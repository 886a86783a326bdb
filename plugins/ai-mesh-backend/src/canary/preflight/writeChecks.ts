import type {
  CanaryPreflightCheck,
  JsonPatchOperation,
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
    ? blocks('busy-route', `Canary ${holder} is active on this route.`, holder)
    : ok('busy-route', 'No other canary is active on the route.');
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
      blocks('may-patch', `The portal cannot write to '${cluster.name}'.`),
    ];
  }
  try {
    const { allowed, message } = await editor.mayPatch(route.object, signal);
    if (!allowed) {
      return [blocks('may-patch', message)];
    }
    const mayPatch = ok('may-patch', message);
    return patch.length === 0
      ? [mayPatch]
      : [mayPatch, await dryRun(editor, route, patch, signal)];
  } catch (error) {
    if (error instanceof EditError) {
      return [blocks('cluster', error.message)];
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
    return ok('dry-run', 'The cluster would take the first write.');
  } catch (error) {
    if (!(error instanceof EditError) || error.failure === 'unreachable') {
      throw error;
    }
    return error.failure === 'conflict'
      ? ok('dry-run', 'The route is being changed by somebody else just now.')
      : blocks(
          'dry-run',
          'The cluster would not take the first write.',
          error.message,
        );
  }
}
