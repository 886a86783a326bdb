import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRecord } from './ApplicationRecord';
import type { ApplicationStore } from './ApplicationStore';
import { inMs, TELL_MS } from './dueOf';
import type { FixAnnouncer } from './FixAnnouncer';
import { fixNews } from './fixNews';

/** Of one turn. */
const MOST_TOLD = 20;

export interface ApplicationNewsOptions {
  opened(): Promise<ApplicationStore>;
  announcer: Pick<FixAnnouncer, 'happened'>;
  logger: Pick<LoggerService, 'warn'>;
  now(): Date;
}

/**
 * Sees to it that people hear of what became of a fix. That they are to hear of it is kept with the fix itself: where the
 * process dies before they have, the next one tells them. Where it dies just after, they hear it twice.
 */
export class ApplicationNews {
  readonly #options: ApplicationNewsOptions;

  constructor(options: ApplicationNewsOptions) {
    this.#options = options;
  }

  /** Tells of a fix as it was just saved. Never rejects: what cannot be kept as told is told again. */
  async tell(record: ApplicationRecord): Promise<void> {
    const { opened, announcer, logger } = this.#options;
    if (!fixNews(record)) {
      return;
    }
    try {
      await announcer.happened(record);
      await (await opened()).told(record);
    } catch (error) {
      logger.warn(`That people were told of a fix could not be kept: ${error}`);
    }
  }

  /** Tells of all that nobody has told of in time. */
  async tellLeft(): Promise<void> {
    const { opened, now } = this.#options;
    const untold = await (
      await opened()
    ).untold(
      inMs(now(), 0),
      // None is told by two at once, as long as the notifications take.
      inMs(now(), MOST_TOLD * TELL_MS),
      MOST_TOLD,
    );
    for (const record of untold) {
      await this.tell(record);
    }
  }
}
