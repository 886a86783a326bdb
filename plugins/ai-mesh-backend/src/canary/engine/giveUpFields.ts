import { EditError } from '../../kubernetes/ObjectEditor';
import { unrecorded } from '../machine';
import type { StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';
import { routeRef } from './observeRoute';

/** After so many it is left: the weights are right, and an apply that forces conflicts takes the fields. */
const MOST_FAILURES = 10;

/**
 * Once a canary has ended, whoever applied its route before owns the list of rules again with the next apply: until then
 * nobody does, instead of the portal.
 */
export async function giveUpFields(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<StoredCanary> {
  const { record } = stored;
  const due = record.progress.fieldsToGiveUp;
  if (!due) {
    return stored;
  }
  const failures = await tryOnce(tools, stored, due.failures);
  return save(
    tools,
    stored,
    unrecorded(record, {
      fieldsToGiveUp:
        failures === undefined || failures >= MOST_FAILURES
          ? undefined
          : { failures },
    }),
  );
}

/** How often it has failed now; undefined: it is done, or there is nothing to do it to. */
async function tryOnce(
  tools: EngineTools,
  { record }: StoredCanary,
  failures: number,
): Promise<number | undefined> {
  const cluster = tools.clusters.get(record.service.cluster);
  if (!cluster?.editor) {
    return failures + 1;
  }
  try {
    const snapshot = await cluster.snapshots.snapshot();
    await cluster.editor.giveUpFields(routeRef(record, snapshot), tools.signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof EditError)) {
      throw error;
    }
    tools.logger.debug(
      `Canary ${record.id}: its route's fields could not be given up: ${error.message}`,
    );
    return error.failure === 'not-found' ? undefined : failures + 1;
  }
}
