import {
  known,
  unknown,
  wording,
  wordsOf,
  type Fleet,
  type FleetCanary,
  type FleetControlPlane,
  type FleetFilter,
  type FleetHurting,
  type FleetRequest,
  type FleetRow,
  type Health,
  type Measured,
  type QueryTrace,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { OwnThings } from '../target/ownership';
import { MESH_WINDOW } from '../telemetry';
import type { RateRow } from '../telemetry/RateRow';
import { worded } from '../worded';
import { filterFleet, isNarrowed } from './filterFleet';
import { firstCanaries, shownCanaries } from './fleetCanaries';
import type { FleetEntities, FleetEntity } from './FleetEntities';
import type { FleetLook } from './FleetLook';
import { fleetOrigins, type NamedPeer } from './fleetOrigins';
import { FleetTable } from './FleetTable';
import { toldQueries } from './toldQueries';
import { unwell } from './unwell';
import { budgetsEnding, certificatesEnding, factsAge } from './whatEnds';

/** Who asks, and the active canaries that they may see. */
export interface FleetReader {
  credentials: BackstageCredentials;
  canaries: Measured<readonly FleetCanary[]>;
  now: Date;
}

export interface FleetTools {
  entities: Pick<FleetEntities, 'of'>;
  look(): Promise<FleetLook>;
  /** What a control plane's figures say. */
  controlPlane(
    rows: Measured<readonly RateRow[]>,
    now: Date,
  ): Omit<FleetControlPlane, 'cluster'>;
  /** The scorecard's, lowest first. */
  levels: readonly { id: string; title: string }[];
  /** Whether what is about entities that a reader may not see is not to be named. */
  conceals: boolean;
  /** Of these, those whose entities the reader may not see, where such are not to be named. */
  hiddenAmong(
    peers: readonly NamedPeer[],
    credentials: BackstageCredentials,
  ): Promise<readonly NamedPeer[]>;
  /** Takes out of what is said of entities whom the reader may not see; absent where everybody is named. */
  veil?(
    healths: Health[],
    about: OwnThings,
    credentials: BackstageCredentials,
  ): Promise<Health[]>;
}

/** Every entity that is in a mesh, in one table; and where it hurts, over all of them. */
export class FleetService {
  readonly #tools: FleetTools;
  /** Each is kept for as long as its mesh is, and no longer than its reader's entities. */
  readonly #tables = new WeakMap<
    FleetLook['mesh'],
    WeakMap<readonly FleetEntity[], Promise<FleetTable>>
  >();

  constructor(tools: FleetTools) {
    this.#tools = tools;
  }

  /**
   * @throws InputError for a cursor that no page gave; what the catalog throws
   */
  async fleet(request: FleetRequest, reader: FleetReader): Promise<Fleet> {
    const from = positionOf(request.cursor);
    const looked = this.#tools.look();
    // The last hour is asked for beside the rows, so that nobody waits for one after the other.
    const [{ table, sources, queries }, { hours, queries: pastQueries }] =
      await Promise.all([
        this.#look(reader, looked, { turning: from > 0 }),
        looked.then(({ past }) => past()),
      ]);
    const canaryOf = firstCanaries(reader.canaries);
    const wanted = filterFleet(
      table.sorted(request.sort, request.order, canaryOf),
      request,
    );
    const to = from + request.limit;
    const shown = wanted.slice(from, to);
    const healths = await this.#veiled(shown, shown, reader.credentials);
    return {
      window: MESH_WINDOW,
      observedAt: table.madeAt.toISOString(),
      rows: shown.map((row, index) => ({
        ...row,
        health: healths[index],
        canary: canaryOf(row),
        trend: hours.of(row.services),
      })),
      total: wanted.length,
      all: table.rows.length,
      ...(to < wanted.length && { next: cursorOf(to) }),
      facets: {
        ...table.facets,
        levels: this.#tools.levels.map(({ id, title }) => ({ id, title })),
      },
      sources: [...sources],
      queries: this.#told([...queries, ...pastQueries], table),
    };
  }

  /** What the catalog throws, it throws. */
  async hurting(
    filter: FleetFilter,
    reader: FleetReader,
  ): Promise<FleetHurting> {
    const { table, mesh, controlPlanes, sources, queries } = await this.#look(
      reader,
      this.#tools.look(),
    );
    const wanted = filterFleet(table.rows, filter);
    const clusters = new Set(
      wanted.flatMap(({ services }) => services.map(one => one.cluster)),
    );
    const { canaries, moreCanaries } = shownCanaries(
      reader.canaries,
      isNarrowed(filter) ? wanted : undefined,
    );
    const { worst, ...counts } = unwell(wanted);
    const named = new Set(worst.map(({ entityRef }) => entityRef));
    const healths = await this.#veiled(
      worst,
      wanted.filter(({ entityRef }) => named.has(entityRef)),
      reader.credentials,
    );
    return {
      window: MESH_WINDOW,
      observedAt: table.madeAt.toISOString(),
      entities: wanted.length,
      facts: factsAge(wanted),
      unwell: {
        worst: worst.map((one, index) => ({ ...one, health: healths[index] })),
        ...counts,
      },
      budgets: budgetsEnding(wanted),
      certificates: certificatesEnding(wanted, reader.now),
      controlPlanes: controlPlanes
        .filter(({ cluster }) => clusters.has(cluster))
        .map(({ cluster, rows: figures }) => ({
          cluster,
          ...this.#tools.controlPlane(figures, reader.now),
        })),
      origins:
        whyBlind(sources) ??
        mesh.whyNoCalls ??
        known(
          await fleetOrigins(mesh, wanted, peers =>
            this.#tools.hiddenAmong(peers, reader.credentials),
          ),
        ),
      canaries,
      ...(moreCanaries !== undefined && { moreCanaries }),
      sources: [...sources],
      queries: this.#told(queries, table),
    };
  }

  /** Of each, how it is, for a reader who may see the rows. */
  async #veiled(
    of: readonly { health: Health }[],
    rows: readonly Pick<FleetRow, 'services'>[],
    credentials: BackstageCredentials,
  ): Promise<Health[]> {
    const healths = of.map(({ health }) => health);
    const clusters = rows.flatMap(({ services }) =>
      services.map(service => ({
        cluster: { name: service.cluster },
        services: [service],
        workloads: [],
      })),
    );
    return this.#tools.veil?.(healths, { clusters }, credentials) ?? healths;
  }

  #told(
    queries: readonly QueryTrace[],
    { facets: { namespaces } }: FleetTable,
  ): QueryTrace[] {
    return this.#tools.conceals
      ? toldQueries(queries, new Set(namespaces))
      : [...queries];
  }

  /** All rows that the reader may see, and what else was seen of the mesh. */
  async #look(
    { credentials, now }: FleetReader,
    looked: Promise<FleetLook>,
    page?: { turning: boolean },
  ) {
    const [entities, look] = await Promise.all([
      this.#tools.entities.of(credentials, page),
      looked,
    ]);
    return { ...look, table: await this.#tableOf(entities, look.mesh, now) };
  }

  /** Made once for all who look while neither changes. */
  #tableOf(
    entities: readonly FleetEntity[],
    mesh: FleetLook['mesh'],
    now: Date,
  ): Promise<FleetTable> {
    const tables = this.#tables.get(mesh) ?? new WeakMap();
    this.#tables.set(mesh, tables);
    const table =
      tables.get(entities) ??
      FleetTable.of(
        entities,
        mesh,
        this.#tools.levels.map(({ id }) => id),
        now,
      );
    tables.set(entities, table);
    return table;
  }
}

/** Why nothing can be said of any cluster; undefined where something can. */
function whyBlind(sources: readonly Source[]): Measured<never> | undefined {
  const asked = sources.filter(({ name }) => name === 'prometheus');
  if (asked.some(({ status }) => status === 'ok' || status === 'partial')) {
    return undefined;
  }
  const failed = asked.find(({ status }) => status !== 'not-configured');
  const why = wordsOf(failed ?? asked.at(0) ?? {});
  if (failed?.status === 'forbidden') {
    return unknown('forbidden', why);
  }
  return failed
    ? unknown('source-unreachable', why)
    : unknown(
        'not-configured',
        why.length > 0 ? why : [wording('source.noCluster')],
      );
}

/** Rows change places while somebody turns pages; a page is where it is at that moment. */
function cursorOf(position: number): string {
  return Buffer.from(`fleet:${position}`).toString('base64url');
}

function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return 0;
  }
  const [, position] =
    /^fleet:(\d{1,7})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (position === undefined) {
    throw worded(InputError, wording('request.cursor'));
  }
  return Number(position);
}
