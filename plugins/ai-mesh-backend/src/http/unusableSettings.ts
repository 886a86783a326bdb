import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { worded } from '../worded';
import { parseEntityPath } from './parseEntityPath';
import type { ReadableEntities } from './ReadableEntities';

/** The settings cannot be used, so nothing is known; Backstage answers with the status code. */
export class SettingsError extends Error {
  readonly statusCode = 503;

  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

export interface UnusableSettingsOptions {
  httpAuth: HttpAuthService;
  entities: Pick<ReadableEntities, 'get'>;
  /** What is wrong, without any value; it may name clusters. */
  why: string;
}

/** Answers all routes where the settings cannot be used: why, to those who may see the mesh of the entity they ask about. */
export function unusableSettings(options: UnusableSettingsOptions): Router {
  const router = PromiseRouter();
  router.use('/v1/entities/:kind/:namespace/:name', async request => {
    const credentials = await options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { entityRef } = parseEntityPath(request.params);
    await options.entities.get(entityRef, credentials);
    throw new SettingsError(options.why);
  });
  router.use('/v1', async request => {
    await options.httpAuth.credentials(request, { allow: ['user', 'service'] });
    throw worded(SettingsError, wording('request.settings'));
  });
  return router;
}
