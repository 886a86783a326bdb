import type { Knex } from 'knex';
import type {
  FixRequestKind,
  FixRequestState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { FollowedRequest } from './FollowedRequest';

interface Row {
  id: string;
  entity_ref: string;
  url: string;
  asked_by: string;
  asked_at: string;
  findings: string;
  kind: string;
  canary: string | null;
  objects: string | null;
  state: string;
  message: string | null;
  words: string | null;
  state_at: string | null;
  check_at: string | null;
}

/** Which requests are looked for. */
export interface RequestsOf {
  entityRef: string;
  kind: FixRequestKind;
  canary?: string;
}

/** Of one entity. One more, and the oldest is forgotten: nobody can keep the hosts busy with those of one entity. */
const MOST_KEPT = 200;

const NEWEST_FIRST = [
  { column: 'asked_at', order: 'desc' },
  { column: 'id', order: 'desc' },
] as const;

/** Pull requests for fixes, in the portal's database: SQLite or PostgreSQL. */
export class FixRequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Whether the migrations have made its table as it is now. */
  static async isReady(knex: Knex): Promise<boolean> {
    return knex.schema.hasColumn('fix_requests', 'words');
  }

  /**
   * Keeps a request, once for an entity and address.
   *
   * @param checkAt - when its host is asked next
   * @returns the one that was there, where there was one
   */
  async add(
    request: FollowedRequest,
    checkAt: string | undefined,
  ): Promise<FollowedRequest> {
    await this.#rows()
      .insert({
        id: request.id,
        entity_ref: request.entityRef,
        url: request.url,
        asked_by: request.askedBy,
        asked_at: request.askedAt,
        findings: JSON.stringify(request.findings),
        kind: request.kind,
        canary: request.canary ?? null,
        objects: JSON.stringify(request.objects),
        ...stateColumns(request.state, checkAt),
      })
      .onConflict(['entity_ref', 'url'])
      .ignore();
    const row = await this.#rows()
      .where({ entity_ref: request.entityRef, url: request.url })
      .first();
    await this.#ofEntity(request.entityRef)
      .whereNotIn(
        'id',
        this.#ofEntity(request.entityRef)
          .select('id')
          .orderBy([...NEWEST_FIRST])
          .limit(MOST_KEPT),
      )
      .delete();
    return requestOf(row!);
  }

  /**
   * The newest of a kind, newest first, and how many there are.
   *
   * @param of - `canary`: of that one alone
   */
  async of(
    { entityRef, kind, canary }: RequestsOf,
    limit: number,
  ): Promise<{ requests: FollowedRequest[]; total: number }> {
    const all = () =>
      this.#ofEntity(entityRef)
        .where('kind', kind)
        .where(canary === undefined ? {} : { canary });
    const rows = await all()
      .orderBy([...NEWEST_FIRST])
      .limit(limit);
    const [{ total }] =
      rows.length < limit
        ? [{ total: rows.length }]
        : await all().count({ total: '*' });
    return { requests: rows.map(requestOf), total: Number(total) };
  }

  /**
   * Requests whose hosts are to be asked, each for one replica alone: until `again` no other gets them.
   */
  async due(
    now: string,
    again: string,
    limit: number,
  ): Promise<FollowedRequest[]> {
    const rows = await this.#rows()
      .where('check_at', '<=', now)
      .orderBy('check_at')
      .limit(limit);
    const taken: FollowedRequest[] = [];
    for (const row of rows) {
      const count = await this.#rows()
        .where({ id: row.id, check_at: row.check_at })
        .update({ check_at: again });
      if (count > 0) {
        taken.push(requestOf(row));
      }
    }
    return taken;
  }

  /** Notes what its host said. Where it said nothing, what it said before stays. */
  async note(
    { id, state: before }: Pick<FollowedRequest, 'id' | 'state'>,
    state: FixRequestState,
    checkAt: string | undefined,
  ): Promise<void> {
    const isNews = state.status === 'known' || before.status === 'unknown';
    await this.#rows()
      .where({ id })
      .update(
        isNews ? stateColumns(state, checkAt) : { check_at: checkAt ?? null },
      );
  }

  async prune(askedBefore: string): Promise<void> {
    await this.#rows().where('asked_at', '<', askedBefore).delete();
  }

  #ofEntity(entityRef: string) {
    return this.#rows().where('entity_ref', entityRef);
  }

  #rows() {
    return this.#knex<Row>('fix_requests');
  }
}

function stateColumns(state: FixRequestState, checkAt: string | undefined) {
  return {
    check_at: checkAt ?? null,
    ...(state.status === 'known'
      ? { state: state.value, message: null, words: null, state_at: state.at }
      : {
          state: state.reason,
          message: state.message,
          words: state.words ? JSON.stringify(state.words) : null,
          state_at: null,
        }),
  };
}

function requestOf(row: Row): FollowedRequest {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    url: row.url,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    kind: row.kind as FixRequestKind,
    findings: JSON.parse(row.findings),
    objects: row.objects === null ? [] : JSON.parse(row.objects),
    ...(row.canary !== null && { canary: row.canary }),
    state: (row.state_at === null
      ? {
          status: 'unknown',
          reason: row.state,
          message: row.message ?? '',
          ...(row.words !== null && { words: JSON.parse(row.words) }),
        }
      : {
          status: 'known',
          value: row.state,
          at: row.state_at,
        }) as FixRequestState,
  };
}
