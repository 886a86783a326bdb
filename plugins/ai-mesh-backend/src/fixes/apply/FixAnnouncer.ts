import { entityRow } from '@ai-mesh/plugin-ai-mesh-common';
import type { PeopleNotifier } from '../../people';
import { aboutService, type Conceal } from '../../target/ownership';
import type { ApplicationRecord } from './ApplicationRecord';
import { fixNews } from './fixNews';

export interface FixAnnouncerOptions {
  people: PeopleNotifier;
  /** Where neighbours are not to be named. */
  conceal?: Conceal;
}

/** Notifies approvers of fixes that wait to be written into the cluster, and everybody concerned of what became of them. */
export class FixAnnouncer {
  readonly #options: FixAnnouncerOptions;

  constructor(options: FixAnnouncerOptions) {
    this.#options = options;
  }

  /** Tells of a fix as it is now. Never rejects. */
  async happened(record: ApplicationRecord): Promise<void> {
    const { people, conceal } = this.#options;
    const news = fixNews(record);
    const key = `${record.id} ${news?.what}`;
    if (!news || (!news.asks && people.isQuiet(key))) {
      return;
    }
    await people.attempt(async () => {
      const { entityRef, id, requestedBy } = record;
      const { title, description, severity, to, by } = news;
      const owners = await people.ownersOf(entityRef);
      await people.send(people.people(to, owners, requestedBy), by, {
        title,
        description: conceal
          ? await conceal(description, aboutService(record))
          : description,
        severity,
        topic: 'ai-mesh:fix',
        // The latest takes the place of what was said before: one line a fix.
        scope: `ai-mesh:fix:${id}`,
        link: entityRow(entityRef, 'review', id),
      });
      people.told(key);
    });
  }
}
