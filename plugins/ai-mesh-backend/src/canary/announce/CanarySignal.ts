import {
  CANARIES_CHANGED_CHANNEL,
  type CanariesChangedMessage,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';

/**
 * Tells open screens which canaries to look at again. Many that change at once, as when a thousand run, are one signal.
 */
export class CanarySignal {
  readonly #signals: SignalsService;
  readonly #logger: Pick<LoggerService, 'warn'>;
  readonly #delayMs: number;
  readonly #ids = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    signals: SignalsService;
    logger: Pick<LoggerService, 'warn'>;
    /** How long changes are gathered, milliseconds. */
    delayMs?: number;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#delayMs = options.delayMs ?? 250;
  }

  changed(id: string): void {
    this.#ids.add(id);
    this.#timer ??= setTimeout(() => this.#publish(), this.#delayMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #publish(): void {
    this.#timer = undefined;
    const message: CanariesChangedMessage = { ids: [...this.#ids] };
    this.#ids.clear();
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: CANARIES_CHANGED_CHANNEL,
        message,
      })
      .catch(error =>
        this.#logger.warn(
          `Open screens could not be told of canaries: ${error}`,
        ),
      );
  }
}
