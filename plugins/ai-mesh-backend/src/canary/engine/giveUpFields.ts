import { said, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { FIELD_MANAGER } from '../../kubernetes/fieldManagers';
import { EditError } from '../../kubernetes/ObjectEditor';
import {
  because,
  ENGINE,
  transition,
  unrecorded,
  type CanaryRecord,
  type Outcome,
} from '../machine';
import type { StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';
import { routeRef } from './observeRoute';

/** After so many it is left: the weights are right, and an apply that forces conflicts takes the fields. */
const MOST_FAILURES = 10;

/**
 * Once a canary has ended, whoever applied its route before owns the list of rules again with the next apply: until then
 * nobody does, instead of the portal. Where that cannot be, the canary's history says so.
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
  const failure = await tryOnce(tools, stored);
  const failures = due.failures + 1;
  return save(
    tools,
    stored,
    failure !== undefined && failures >= MOST_FAILURES
      ? keptFields(record, failure, tools.now())
      : unrecorded(record, {
          fieldsToGiveUp: failure === undefined ? undefined : { failures },
        }),
  );
}

/** Why it has failed; undefined: it is done, or there is nothing to do it to. */
async function tryOnce(
  tools: EngineTools,
  { record }: StoredCanary,
): Promise<Words[] | undefined> {
  const { cluster: name } = record.service;
  const cluster = tools.clusters.get(name);
  if (!cluster?.editor) {
    return [wording('run.clusterGone', { cluster: name })];
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
    return error.failure === 'not-found' ? undefined : error.words;
  }
}

function keptFields(record: CanaryRecord, why: Words[], at: Date): Outcome {
  const { kind, namespace, name } = record.route.object;
  return transition(
    record,
    {
      to: record.state,
      by: ENGINE,
      at,
      what: 'keptFields',
      ...because(
        said(
          wording('run.keptFields', {
            object: `${kind} ${namespace}/${name}`,
            times: MOST_FAILURES,
          }),
          ...why,
          wording('run.fieldConflict', { manager: FIELD_MANAGER }),
        ),
      ),
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    { fieldsToGiveUp: undefined },
  );
}
