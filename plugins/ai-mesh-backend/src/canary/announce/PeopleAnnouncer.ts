import {
  entityPage,
  type CanaryTransition,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { PeopleNotifier } from '../../people';
import {
  aboutService,
  type Conceal,
  type Ownership,
} from '../../target/ownership';
import type { CanaryAnnouncer } from '../engine/EngineTools';
import type { CanaryRecord } from '../machine';
import { canaryNews, type CanaryNews } from './canaryNews';
import type { CanarySignal } from './CanarySignal';

export interface AnnouncerTools {
  people: PeopleNotifier;
  signal: Pick<CanarySignal, 'changed'>;
  /** Whose Services are, in their order. */
  ownershipsOf(
    services: readonly ServiceRef[],
  ): Promise<Pick<Ownership, 'owners'>[]>;
  /** Where neighbours are not to be named. */
  conceal?: Conceal;
}

/** People of an entity, and the entity on whose screen they see the canary. */
interface Recipients {
  entityRef: string;
  people: string[];
}

/** Notifies requester, owner and approvers, whoever else provably owns the Service, and tells open screens. */
export class PeopleAnnouncer implements CanaryAnnouncer {
  readonly #tools: AnnouncerTools;

  constructor(tools: AnnouncerTools) {
    this.#tools = tools;
  }

  changed({ id }: CanaryRecord): void {
    this.#tools.signal.changed(id);
  }

  async happened(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
  ): Promise<void> {
    const { people, conceal } = this.#tools;
    const told = transitions.flatMap(transition => {
      const news = canaryNews(record, transition);
      const isRepeated =
        !news?.asks && people.isQuiet(keyOf(record, transition));
      return news && !isRepeated ? [{ transition, news }] : [];
    });
    if (told.length === 0) {
      return;
    }
    await people.attempt(async () => {
      const owners = await people.ownersOf(record.entityRef);
      const others = await this.#otherOwners(record, owners);
      for (const { transition, news: words } of told) {
        const news = {
          ...words,
          ...(conceal && {
            title: await conceal(words.title, aboutService(record)),
            description: await conceal(words.description, aboutService(record)),
          }),
        };
        await this.#notify(record, transition, news, {
          entityRef: record.entityRef,
          people: people.people(news.to, owners, record.requestedBy),
        });
        for (const other of others) {
          await this.#notify(record, transition, news, other);
        }
        people.told(keyOf(record, transition));
      }
    });
  }

  /**
   * Whoever provably owns the Service decides on the canary, whoever asked for it: their people are told of everything,
   * with a link to their own entity's screen.
   */
  async #otherOwners(
    { service, entityRef }: CanaryRecord,
    told: readonly string[],
  ): Promise<Recipients[]> {
    const [{ owners }] = await this.#tools.ownershipsOf([service]);
    return Promise.all(
      owners
        .filter(owner => owner !== entityRef)
        .map(async owner => {
          // The configuration may give a namespace to a team, which has no screen of its own.
          const isTeam = /^(group|user):/.test(owner);
          const people = isTeam
            ? [owner]
            : await this.#tools.people.ownersOf(owner);
          return {
            entityRef: isTeam ? entityRef : owner,
            people: people.filter(one => !told.includes(one)),
          };
        }),
    );
  }

  #notify(
    record: CanaryRecord,
    { by }: CanaryTransition,
    { title, description, severity }: CanaryNews,
    { entityRef, people }: Recipients,
  ): Promise<void> {
    return this.#tools.people.send(people, by, {
      title,
      description,
      severity,
      topic: 'ai-mesh:canary',
      // The latest takes the place of what was said before: one line a canary.
      scope: `ai-mesh:canary:${record.id}`,
      link: entityPage(entityRef, 'canary', record.id),
    });
  }
}

function keyOf({ id }: CanaryRecord, { what }: CanaryTransition): string {
  return `${id} ${what}`;
}
