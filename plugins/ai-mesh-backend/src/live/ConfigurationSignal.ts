import { CONFIGURATION_CHANGED_CHANNEL } from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { MeshKind } from '../kubernetes/kinds';

/** Kinds that change by themselves all day: the screens' own refresh is soon enough for them. */
export const RESTLESS: ReadonlySet<MeshKind> = new Set([
  'Pod',
  'EndpointSlice',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'HorizontalPodAutoscaler',
]);

/**
 * Tells open screens that somebody edited the mesh, or that its traffic has turned, so that it shows at once and not with
 * the next refresh.
 *
 * It says only that something changed: everybody hears it, and who may see what is for the read that follows to
 * decide. A burst of edits is one signal.
 */
export class ConfigurationSignal {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #delayMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    /** How long edits are gathered, milliseconds. */
    delayMs?: number;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#delayMs = options.delayMs ?? 500;
  }

  /** Objects of the kind came, changed or went. */
  changed(kind: MeshKind): void {
    if (!RESTLESS.has(kind)) {
      this.#tell();
    }
  }

  /** A service has begun to fail or is slow, or is so no longer. */
  turned(): void {
    this.#tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#publish(), this.#delayMs);
      this.#timer.unref();
    }
  }

  #publish(): void {
    this.#timer = undefined;
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: CONFIGURATION_CHANGED_CHANNEL,
        message: {},
      })
      .catch(error =>
        this.#logger.warn(
          `Open screens could not be told of a change: ${error}`,
        ),
      );
  }
}
