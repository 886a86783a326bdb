import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApplicationGuard } from './ApplicationGuard';
import type { ApplicationRecord } from './ApplicationRecord';
import type { ApplicationNews } from './ApplicationNews';
import { StaleApplication, type ApplicationStore } from './ApplicationStore';
import { carryOut, failed } from './carryOut';
import { dueOf, inMs } from './dueOf';

/** Of one turn, one after another. */
const MOST_WRITTEN = 20;
/** Longer than a turn takes: a replica that dies in it leaves its fixes to the next. */
const CLAIM_MS = 20 * 60_000;
/** Nobody expects a write so long after it was approved. */
const GIVE_UP_MS = 3_600_000;

export interface ApplicationWriterOptions {
  opened(): Promise<ApplicationStore>;
  guard: ApplicationGuard;
  auditor: Pick<AuditorService, 'createEvent'>;
  requestExpiryMs: number;
  news: Pick<ApplicationNews, 'tell'>;
  now(): Date;
}

/** Carries out what was decided about fixes, each by one replica, and lets expire what nobody decides about. */
export class ApplicationWriter {
  readonly #options: ApplicationWriterOptions;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ApplicationWriterOptions) {
    this.#options = options;
  }

  /** Waits for what is being written. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  /** One turn after another. */
  attend(): Promise<void> {
    const turn = this.#turn.then(async () => {
      const { opened, now } = this.#options;
      const store = await opened();
      const due = await store.due(
        inMs(now(), 0),
        inMs(now(), CLAIM_MS),
        MOST_WRITTEN,
      );
      for (const record of due) {
        await this.#attendTo(record, store).catch(error => {
          if (!(error instanceof StaleApplication)) {
            throw error;
          }
        });
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #attendTo(
    record: ApplicationRecord,
    store: ApplicationStore,
  ): Promise<void> {
    const { now, news } = this.#options;
    const decidedAt = new Date(record.decidedAt ?? record.requestedAt);
    const isLate = now().getTime() - decidedAt.getTime() > GIVE_UP_MS;
    if (record.state === 'requested') {
      await news.tell(await this.#save({ ...record, state: 'expired' }, store));
    } else if (isLate && !record.begun) {
      const late = failed(record, wording('apply.unanswered'));
      await news.tell(await this.#save(late, store));
    } else {
      await news.tell(await this.#write(record, store));
    }
  }

  #save(
    record: ApplicationRecord,
    store: ApplicationStore,
  ): Promise<ApplicationRecord> {
    const { requestExpiryMs, now } = this.#options;
    return store.save(record, dueOf(record, requestExpiryMs, now()));
  }

  async #write(
    record: ApplicationRecord,
    store: ApplicationStore,
  ): Promise<ApplicationRecord> {
    const { auditor, now } = this.#options;
    const audit = await auditor.createEvent({
      eventId: 'fix-write',
      severityLevel: 'high',
      meta: auditMeta(record),
    });
    let latest = record;
    try {
      const result = await this.#carryOut(record, async begun => {
        latest = await store.save(begun, { checkAt: inMs(now(), CLAIM_MS) });
        return latest;
      });
      const saved = await this.#save(
        { ...result, version: latest.version },
        store,
      );
      const meta = { ...auditMeta(saved), state: saved.state };
      if (saved.words) {
        await audit.fail({ meta, error: new Error(inEnglish(saved.words)) });
      } else {
        await audit.success({ meta });
      }
      return saved;
    } catch (error) {
      await audit.fail({ meta: auditMeta(record), error: error as Error });
      throw error;
    }
  }

  async #carryOut(
    record: ApplicationRecord,
    begin: (begun: ApplicationRecord) => Promise<ApplicationRecord>,
  ): Promise<ApplicationRecord> {
    const { guard } = this.#options;
    const { cluster } = record.object;
    const editor = guard.editorOf(cluster);
    return editor
      ? carryOut(record, {
          editor,
          whyNot: live => guard.whyNot(record, live),
          begin,
        })
      : failed(record, wording('apply.noCluster', { cluster }));
  }
}

function auditMeta({ id, entityRef, object, code, state }: ApplicationRecord) {
  return { id, entityRef, object: { ...object }, code, state };
}
