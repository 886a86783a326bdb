import {
  fleetCanarySchema,
  known,
  unknown,
  type Canary,
  type FleetCanary,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isError } from '@backstage/errors';
import { z } from 'zod';
import {
  callerOf,
  decisionOf,
  type CallerCredentials,
  type CanaryAccess,
} from '../canaries';
import { sentencesIn } from '../../worded';
import type { VeilNeighbours } from '../veilNeighbours';
import type { FleetRouterOptions } from './fleetRouter';

/** As many are read at a time. */
const A_PAGE = 200;

/** The active canaries that the caller may see, and for which of them the caller may decide. */
export async function activeCanaries(
  canaries: FleetRouterOptions['canaries'],
  access: CanaryAccess,
  credentials: CallerCredentials,
  veil?: VeilNeighbours,
): Promise<Measured<FleetCanary[]>> {
  try {
    const service = canaries();
    const readable = await access.readable(
      await service.subjects({ active: true }),
      credentials,
    );
    const found: Canary[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.list({
        subjects: readable.subjects,
        active: true,
        limit: A_PAGE,
        cursor,
      });
      found.push(...page.canaries);
      cursor = page.next;
    } while (cursor !== undefined);
    const may = await access.mayDecide(found, credentials);
    const { ref } = callerOf(credentials);
    const shown = found.map((canary, index) => ({
      id: canary.id,
      entityRef: canary.entityRef,
      service: canary.service,
      state: canary.state,
      next: canary.next,
      requestedBy: canary.requestedBy,
      requestedAt: canary.requestedAt,
      reason: canary.reason,
      waiting: decisionOf(canary.next) !== undefined,
      waitingForMe:
        may[index] &&
        !(
          decisionOf(canary.next) === 'approve' &&
          canary.requestedBy === ref &&
          !service.rules.requesterMayApprove
        ),
    }));
    const about = found.map(({ service: { cluster, namespace, name } }) => ({
      cluster: { name: cluster },
      services: [{ namespace, name }],
      workloads: [],
    }));
    return known(
      veil
        ? await veil(
            shown,
            { clusters: about },
            credentials,
            z.array(fleetCanarySchema),
          )
        : shown,
    );
  } catch (error) {
    if (isError(error) && error.name === 'ServiceUnavailableError') {
      return unknown('source-unreachable', sentencesIn(error));
    }
    throw error;
  }
}
