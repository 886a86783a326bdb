import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { Ownership } from '../../target/ownership';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { RunPreflight } from '../preflight';
import type { CanaryStore } from '../store';
import type { CanaryRules } from './CanaryRules';

/** What `CanaryService` works with. */
export interface CanaryServiceTools {
  store: CanaryStore;
  runPreflight: RunPreflight;
  announcer: Pick<CanaryAnnouncer, 'changed'>;
  rules: CanaryRules;
  /** Whose Services are, in their order. */
  ownershipsOf(services: readonly ServiceRef[]): Promise<Ownership[]>;
  /** Something has happened that the engine should see at once. */
  wake(): void;
  now(): Date;
}
