import { unknown, type FleetCanary } from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetEntity } from '../FleetEntities';

const fact = { status: 'unknown', reason: 'not-computed' } as const;
const serviceOf = (name: string) => ({
  cluster: 'shop',
  namespace: 'ai',
  name,
});

/** An entity with one Service of its name, of which nothing else is known. */
export const entity = (
  name: string,
  more: Partial<FleetEntity> = {},
): FleetEntity => ({
  entityRef: `component:default/${name}`,
  owners: [],
  systems: [],
  services: [serviceOf(name)],
  facts: {
    budgetLeft: fact,
    burnRate: fact,
    findingsHigh: fact,
    findingsMedium: fact,
    costPerDay: fact,
    models: fact,
    certificateDaysLeft: fact,
    certificateRenewal: fact,
  },
  level: unknown('no-traffic'),
  ...more,
});

/** A canary of the entity of that name, which nobody is waited for. */
export const canaryOf = (
  name: string,
  more: Partial<FleetCanary> = {},
): FleetCanary => ({
  id: `of-${name}`,
  entityRef: `component:default/${name}`,
  service: serviceOf(name),
  state: 'progressing',
  next: { action: 'check', message: '' } as never,
  requestedBy: 'user:default/olivia',
  requestedAt: '2026-01-01T00:00:00Z',
  reason: '',
  waiting: false,
  waitingForMe: false,
  ...more,
});
