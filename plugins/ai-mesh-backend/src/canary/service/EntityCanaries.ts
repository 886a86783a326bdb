import type {
  ConfiguredThen,
  CanaryGlance,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Ownership } from '../../target/ownership';
import type { Target } from '../../target/Target';
import type { CanaryRecord } from '../machine';
import type { CanaryPosition, CanarySubject, SubjectFilter } from '../store';
import { canaryGlance, firstToLookAt, MOST_AT_A_GLANCE } from './canaryGlance';
import type { CanaryServiceTools } from './CanaryServiceTools';
import { configuredAt, wasUnderWay } from './configuredAt';
import { placeOf } from './cursor';

/** Of a long list; all are looked at in the end. */
const MOST_AT_A_TIME = 200;

/** What the canaries of an entity may be about: the entity, and what provably is its. */
const subjectsOf = ({ entityRef, resolution }: Target): SubjectFilter => ({
  of: {
    entityRefs: [entityRef],
    services: (resolution.ownership ?? [])
      .filter(({ proven }) => proven)
      .map(({ service }) => service),
  },
});

/** The canaries of an entity and of what provably is its. */
export class EntityCanaries {
  readonly #tools: Pick<CanaryServiceTools, 'store' | 'ownershipsOf'>;

  constructor(tools: Pick<CanaryServiceTools, 'store' | 'ownershipsOf'>) {
    this.#tools = tools;
  }

  /** All together, and the one to look at first. */
  async glance(target: Target): Promise<CanaryGlance> {
    const found = await this.#tools.store.list({
      subjects: await this.#subjectsOf(target),
      limit: MOST_AT_A_GLANCE + 1,
    });
    const records = found.map(({ record }) => record);
    const first = firstToLookAt(records);
    return canaryGlance(
      records,
      first ? await this.#tools.store.transitions(first.id) : [],
    );
  }

  /** A text that is another one where {@link glance} might be; what it costs does not grow with the canaries. */
  async glanceMark(target: Target): Promise<string> {
    const marks = await this.#tools.store.marks(subjectsOf(target));
    const ownerships = await this.#ownersOf(marks);
    return JSON.stringify([marks, ownerships]);
  }

  /** All that go on, or ended no sooner than at a moment. */
  async since(target: Target, moment: Date): Promise<CanaryRecord[]> {
    const filter = {
      subjects: await this.#subjectsOf(target),
      since: moment.toISOString(),
      limit: MOST_AT_A_TIME,
    };
    const records: CanaryRecord[] = [];
    let after: CanaryPosition | undefined;
    do {
      const page = await this.#tools.store.list({ ...filter, after });
      records.push(...page.map(({ record }) => record));
      after =
        page.length < MOST_AT_A_TIME
          ? undefined
          : placeOf(page[page.length - 1].record);
    } while (after);
    return records;
  }

  /** How the routes of the entity were set at a moment that has been, by the canaries that were under way then. */
  async configuredAt(target: Target, at: Date): Promise<ConfiguredThen[]> {
    const { store } = this.#tools;
    const subjects = await this.#subjectsOf(target);
    const before = { active: false, requestedAt: at.toISOString(), id: '' };
    const found = await Promise.all([
      store.list({ subjects, active: true, limit: MOST_AT_A_GLANCE }),
      store.list({ subjects, after: before, limit: MOST_AT_A_GLANCE }),
    ]);
    const told: ConfiguredThen[] = [];
    for (const { record } of found.flat()) {
      const then = wasUnderWay(record, at)
        ? configuredAt(record, await store.transitions(record.id), at)
        : undefined;
      if (then) {
        told.push(then);
      }
    }
    return told;
  }

  /** What has turned out to be another's is not for this entity's screen. */
  async #subjectsOf(target: Target): Promise<CanarySubject[]> {
    const subjects = await this.#tools.store.subjects(subjectsOf(target));
    const ownerships = await this.#ownersOf(subjects);
    return subjects.filter(
      (_, index) =>
        ownerships[index].rule === undefined ||
        ownerships[index].owners.includes(target.entityRef),
    );
  }

  async #ownersOf(subjects: readonly CanarySubject[]): Promise<Ownership[]> {
    return subjects.length === 0
      ? []
      : this.#tools.ownershipsOf(subjects.map(({ service }) => service));
  }
}
