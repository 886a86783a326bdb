import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CanaryCheck,
  CanaryTransition,
  Measured,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  closeCalls,
  type CanaryRecord,
  type Intent,
  type Outcome,
} from '../machine';
import type { RunPreflight } from '../preflight';
import type { CanaryStore, Lease, StoredCanary } from '../store';
import type { AskedBeside } from './AskedBeside';
import type { CanaryClusters } from './CanaryCluster';
import type { CanaryWebhook } from './webhookCall';
import type { GateCatalog } from './takeQuality';

/** Tells people and screens what has happened. Never rejects: a message that is lost must not stop a canary. */
export interface CanaryAnnouncer {
  /** Rows were added to a canary's history. Told at least once. */
  happened(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
  ): Promise<void>;
  /** A screen that shows it should look again. */
  changed(record: CanaryRecord): void;
}

/** What every part of the engine works with. */
export interface EngineTools {
  store: CanaryStore;
  clusters: CanaryClusters;
  lease: Lease;
  runPreflight: RunPreflight;
  /** The gates that plans may name; none unless given. */
  gates?: GateCatalog;
  /** Who is asked, or told, on a canary's way; nobody unless given. */
  webhooks?: readonly CanaryWebhook[];
  /** What this process asks webhooks, or tells them, beside the looks. */
  asked: AskedBeside;
  announcer: CanaryAnnouncer;
  /** The entities that provably own a Service; unknown while nobody can say. Never rejects. */
  ownersOf(service: ServiceRef): Promise<Measured<string[]>>;
  /** A canary that runs was looked at. */
  onCheck?(check: CanaryCheck): void;
  /** A request that nobody decided on for so long expires. */
  requestExpiryMs: number;
  now(): Date;
  /** 0..1 */
  random(): number;
  sleep(ms: number): Promise<void>;
  /** Aborted at shutdown: reading stops, a write that was sent is waited for. */
  signal: AbortSignal;
  logger: Pick<LoggerService, 'info' | 'warn' | 'error' | 'debug'>;
}

/** Saves what was decided. Throws StaleCanary where somebody else was faster. */
export async function save(
  { store, lease, announcer, now }: EngineTools,
  stored: StoredCanary,
  outcome: Outcome,
  intent?: Intent | null,
): Promise<StoredCanary> {
  const { record, transitions } = closeCalls(outcome, now());
  const saved = await store.saveForEngine(
    stored,
    { record, transitions, intent },
    lease,
  );
  announcer.changed(saved.record);
  return saved;
}

/** Between half and all of a time that doubles with every failure, 60 s at most. */
export function backOffMs(failures: number, random: () => number): number {
  const most = Math.min(60_000, 1000 * 2 ** Math.min(failures, 10));
  return most * (0.5 + random() / 2);
}
