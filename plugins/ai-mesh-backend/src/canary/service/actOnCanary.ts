import {
  wording,
  type CanaryAction,
  type CanaryActionName,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { act, ActionRefused, actionsIn, type CanaryRecord } from '../machine';
import {
  RouteBusy,
  StaleCanary,
  type CanaryStore,
  type StoredCanary,
} from '../store';
import { worded } from '../../worded';
import type { CanaryCaller, CanaryRules } from './CanaryRules';
import { conflict } from './refusals';
import { showCanary } from './showCanary';

/** More than this nobody reads before deciding again; the canary's own history has all. */
const MOST_SINCE = 10;

/** The engine saves what it looks at; a person who is in its way for so often tries again by hand. */
const MOST_ATTEMPTS = 10;

/** What is decided about a request is decided about each of its canaries. */
const FOR_THE_REQUEST: readonly CanaryActionName[] = [
  'approve',
  'reject',
  'cancel',
];

/** Whether an action on one of a request is one on all of them. */
export function isForRequest(action: CanaryActionName): boolean {
  return FOR_THE_REQUEST.includes(action);
}

/**
 * Does what a person decided on, if the canary is still as it was then.
 *
 * @returns the canary first, then others of its request that it was done to as well
 * @throws NotFoundError, NotAllowedError, ConflictError with the present state
 */
export async function actOnCanary(
  tools: { store: CanaryStore; rules: CanaryRules; now(): Date },
  id: string,
  action: CanaryAction,
  caller: CanaryCaller,
): Promise<StoredCanary[]> {
  for (let attempt = 1; ; attempt++) {
    const stored = await tools.store.get(id);
    if (!stored) {
      throw worded(NotFoundError, wording('act.noCanary', { canary: id }));
    }
    const { record } = stored;
    const at = tools.now();
    checkCaller(record, action, caller, tools.rules);
    if (action.version !== record.version) {
      throw conflict(
        wording(
          'act.movedOn',
          { version: record.version, yours: action.version },
          { state: `canaryState.${record.state}` },
        ),
        showCanary(record, at),
        await since(tools.store, id, action.version),
      );
    }
    const others = isForRequest(action.action)
      ? await othersToo(tools.store, record, action, at)
      : [];
    try {
      return await tools.store.saveAllForPerson(
        [stored, ...others].map(one => ({
          stored: one,
          save: act(one.record, action, caller.ref, at),
        })),
      );
    } catch (error) {
      if (error instanceof ActionRefused) {
        throw conflict(error.words, showCanary(record, at));
      }
      if (error instanceof RouteBusy) {
        throw conflict(
          wording('act.routeTaken', { holder: error.holder }),
          showCanary(record, at),
        );
      }
      // The engine saves its looks all the time. Has nothing happened that counts, it is tried again.
      if (!(error instanceof StaleCanary)) {
        throw error;
      }
      if (attempt === MOST_ATTEMPTS) {
        throw conflict(wording('act.workedOn'), showCanary(record, at));
      }
    }
  }
}

/** Taken back is what has not started yet; approved or rejected are all, or none. */
async function othersToo(
  store: Pick<CanaryStore, 'ofGroup'>,
  { id, group }: CanaryRecord,
  { action }: CanaryAction,
  at: Date,
): Promise<StoredCanary[]> {
  const members = group ? await store.ofGroup(group.id) : [];
  return members.filter(
    ({ record }) =>
      record.id !== id &&
      (action !== 'cancel' || actionsIn(record, at).includes(action)),
  );
}

/** What happened since a version, the latest of it; what it was decided on is in the history. */
async function since(
  store: Pick<CanaryStore, 'latestTransitions'>,
  id: string,
  version: number,
): Promise<CanaryTransition[]> {
  const latest = await store.latestTransitions(id, { limit: MOST_SINCE });
  return latest
    .filter(({ seq }) => seq > version)
    .map(({ evidence, ...row }) => row);
}

function checkCaller(
  { requestedBy, state }: CanaryRecord,
  { action }: CanaryAction,
  { ref, kind }: CanaryCaller,
  { requesterMayApprove }: CanaryRules,
): void {
  if (
    kind !== 'person' &&
    ['approve', 'reject', 'confirmStep'].includes(action)
  ) {
    throw worded(
      NotAllowedError,
      wording('act.person', {}, { action: `action.${action}` }),
    );
  }
  if (
    action === 'approve' &&
    state === 'requested' &&
    ref === requestedBy &&
    !requesterMayApprove
  ) {
    throw worded(NotAllowedError, wording('act.own'));
  }
}
