import { coreServices, type ServiceRef } from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';

/** What the plugin needs of Backstage. */
export const services = {
  actionsRegistry: actionsRegistryServiceRef,
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  database: coreServices.database,
  events: eventsServiceRef,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  metrics: metricsServiceRef,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  rootLifecycle: coreServices.rootLifecycle,
  scheduler: coreServices.scheduler,
  signals: signalsServiceRef,
  urlReader: coreServices.urlReader,
};

export type Services = {
  [Name in keyof typeof services]: (typeof services)[Name] extends ServiceRef<
    infer Service,
    'plugin' | 'root'
  >
    ? Service
    : never;
};
