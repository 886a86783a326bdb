import type { FleetRow } from '@ai-mesh/plugin-ai-mesh-common';

/** A row before its last hour and its canary are looked up, which only those that are shown need. */
export type FleetRowNow = Omit<FleetRow, 'trend' | 'canary'>;
