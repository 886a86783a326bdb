import {
  fleetFilterSchema,
  fleetHurtingSchema,
  fleetRequestSchema,
  fleetSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { CanaryService } from '../../canary';
import type { FleetReader, FleetService } from '../../fleet';
import type { ApiOperation } from '../ApiOperation';
import { boundAnswer } from '../boundAnswer';
import { CanaryAccess, type CanaryAccessOptions } from '../canaries';
import { parseQuery } from '../parseQuery';
import { ReadyAnswer } from '../ReadyAnswer';
import type { VeilNeighbours } from '../veilNeighbours';
import { activeCanaries } from './activeCanaries';

export interface FleetRouterOptions extends CanaryAccessOptions {
  httpAuth: HttpAuthService;
  fleet: Pick<FleetService, 'fleet' | 'hurting'>;
  /** Throws ServiceUnavailableError while there is no database. */
  canaries(): Pick<CanaryService, 'subjects' | 'list' | 'rules'>;
  /** Takes out of what canaries say what the caller may not see; without, it is told as it is. */
  veil?: VeilNeighbours;
  now(): Date;
}

/** What {@link fleetRouter} serves. */
export const fleetOperations: readonly ApiOperation[] = [
  {
    operationId: 'readFleet',
    method: 'get',
    path: '/v1/fleet',
    summary:
      'Every entity that is in a mesh, with its figures, as far as the caller may see its mesh.',
    query: fleetRequestSchema,
    answer: fleetSchema,
    answerName: 'Fleet',
  },
  {
    operationId: 'readFleetHurting',
    method: 'get',
    path: '/v1/fleet/hurting',
    summary:
      'Where it hurts now, over the entities that meet the filters: what fails by itself, budgets and certificates that end, control planes in trouble, and the canaries that wait or run.',
    query: fleetFilterSchema,
    answer: fleetHurtingSchema,
    answerName: 'FleetHurting',
  },
];

/** Serves what is about all entities: each route authenticates, and answers with what the caller may see. */
export function fleetRouter(options: FleetRouterOptions): Router {
  const { httpAuth, fleet, now } = options;
  const access = new CanaryAccess(options);
  const router = PromiseRouter();

  async function readerOf(request: Request): Promise<FleetReader> {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    return {
      credentials,
      canaries: await activeCanaries(
        options.canaries,
        access,
        credentials,
        options.veil,
      ),
      now: now(),
    };
  }

  router.get('/v1/fleet', async (request, response) => {
    const query = parseQuery(fleetRequestSchema, request.query);
    const answer = await fleet.fleet(query, await readerOf(request));
    await new ReadyAnswer(answer).send(request, response);
  });

  router.get('/v1/fleet/hurting', async (request, response) => {
    const filter = parseQuery(fleetFilterSchema, request.query);
    const answer = await fleet.hurting(filter, await readerOf(request));
    await new ReadyAnswer(boundAnswer(answer)).send(request, response);
  });

  return router;
}
