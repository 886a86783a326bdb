import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import {
  decideInGroup,
  leaveInGroup,
  stopInGroup,
  turnBack,
  type CanaryRecord,
} from '../machine';
import { RouteBusy, type StoredCanary } from '../store';
import { save, type EngineTools } from './EngineTools';

/**
 * Does with a canary what the others of its request ask for, from how they stand in the database.
 *
 * @returns the canary, and whether it has to wait for another before it starts
 */
export async function followGroup(
  tools: EngineTools,
  stored: StoredCanary,
): Promise<{ stored: StoredCanary; waits: boolean }> {
  const { record } = stored;
  const decision = decideInGroup(record, await othersOf(tools, record));
  const at = tools.now();
  switch (decision.decision) {
    case 'stop':
      return {
        stored: await save(
          tools,
          stored,
          stopInGroup(record, decision.cluster, at),
        ),
        waits: false,
      };
    case 'leave':
      return {
        stored: await save(
          tools,
          stored,
          leaveInGroup(record, decision.cluster, decision.why, at),
        ),
        waits: false,
      };
    case 'turnBack':
      return {
        stored: await tryToTurnBack(tools, stored, decision.cluster),
        waits: false,
      };
    default:
      return { stored, waits: decision.decision === 'wait' };
  }
}

/** The other canaries of its request. */
export async function othersOf(
  { store }: Pick<EngineTools, 'store'>,
  { id, group }: Pick<CanaryRecord, 'id' | 'group'>,
): Promise<CanaryRecord[]> {
  const all = group ? await store.ofGroup(group.id) : [];
  return all.map(({ record }) => record).filter(other => other.id !== id);
}

/** A promoted one has let its route go, and the next canary of it may have begun: that one is not disturbed. */
async function tryToTurnBack(
  tools: EngineTools,
  stored: StoredCanary,
  cluster: string,
): Promise<StoredCanary> {
  const { record } = stored;
  try {
    return await save(tools, stored, turnBack(record, cluster, tools.now()));
  } catch (error) {
    if (!(error instanceof RouteBusy)) {
      throw error;
    }
    return save(
      tools,
      stored,
      leaveInGroup(
        record,
        cluster,
        wording('group.busy', { holder: error.holder }),
        tools.now(),
      ),
    );
  }
}
