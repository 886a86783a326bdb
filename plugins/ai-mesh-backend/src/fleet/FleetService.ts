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
  type FleetOrigin,
  type FleetRequest,
  type FleetRow,
  type FleetTrend,
  type Health,
  type Encryption,
  type Measured,
  type QueryTrace,
  type ServiceRef,
  type Source,
  type Traffic,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { MESH_WINDOW } from '../telemetry';
import { worded } from '../worded';
import type { FleetEntities, FleetEntity } from './FleetEntities';
import type { FleetRowNow } from './FleetRowNow';
import { filterFleet, isNarrowed } from './filterFleet';
import { sortFleet } from './sortFleet';
import { namesInText } from '../target/ownership';
import { addTo } from '../kubernetes/addTo';
import type { RateRow } from '../telemetry/RateRow';
import { unwell } from './unwell';
import { budgetsEnding, certificatesEnding, factsAge } from './whatEnds';

/** An end of a call. */
export interface FleetPeer {
  kind: 'service' | 'workload' | 'external' | 'unknown';
  cluster: string;
  namespace?: string;
  name: string;
}

/** The whole mesh at one moment. */
export interface FleetLook {
  mesh: {
    /** @param whyNone - why there are no Services, where that is not since there are none */
    stateOf(
      services: readonly ServiceRef[],
      whyNone?: Words,
    ): {
      traffic: Traffic;
      health: Health;
      encryption: Measured<Encryption>;
    };
    origins(): Promise<
      readonly {
        peer: FleetPeer;
        reason: string;
        words?: Words[];
        confidence: FleetOrigin['confidence'];
        suffering: readonly FleetPeer[];
      }[]
    >;
  };
  controlPlanes: readonly {
    cluster: string;
    rows: Measured<readonly RateRow[]>;
  }[];
  sources: readonly Source[];
  queries: readonly QueryTrace[];
  /** The last hour. */
  past(): Promise<{
    hours: { of(services: readonly ServiceRef[]): Measured<FleetTrend> };
    queries: readonly QueryTrace[];
  }>;
}

/** More are not shown at once; those that wait come first. */
const MOST_CANARIES = 200;

/** Who asks, and the active canaries that they may see. */
export interface FleetReader {
  credentials: BackstageCredentials;
  canaries: Measured<readonly FleetCanary[]>;
  now: Date;
}

/** A Service or a workload. */
interface NamedPeer {
  clusters: readonly string[];
  namespace?: string;
  name: string;
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
  /** Of these, those whose entities the reader may not see, where such are not to be named. */
  hiddenAmong(
    peers: readonly NamedPeer[],
    credentials: BackstageCredentials,
  ): Promise<readonly NamedPeer[]>;
}

/** Every entity that is in a mesh, in one table; and where it hurts, over all of them. */
export class FleetService {
  readonly #tools: FleetTools;

  constructor(tools: FleetTools) {
    this.#tools = tools;
  }

  /**
   * @throws InputError for a cursor that no page gave; what the catalog throws
   */
  async fleet(request: FleetRequest, reader: FleetReader): Promise<Fleet> {
    const from = positionOf(request.cursor);
    const { rows, sources, queries, past } = await this.#look(reader);
    const { hours, queries: pastQueries } = await past();
    const wanted = sortFleet(filterFleet(rows, request), request.sort, {
      order: request.order,
      levels: this.#tools.levels.map(({ id }) => id),
    });
    const to = from + request.limit;
    return {
      window: MESH_WINDOW,
      observedAt: reader.now.toISOString(),
      rows: wanted
        .slice(from, to)
        .map(row => ({ ...row, trend: hours.of(row.services) })),
      total: wanted.length,
      all: rows.length,
      ...(to < wanted.length && { next: cursorOf(to) }),
      facets: {
        owners: distinct(rows.flatMap(({ owners }) => owners)),
        systems: distinct(rows.flatMap(({ systems }) => systems)),
        clusters: distinct(
          rows.flatMap(({ services }) => services.map(one => one.cluster)),
        ),
        namespaces: distinct(
          rows.flatMap(({ services }) => services.map(one => one.namespace)),
        ),
        levels: this.#tools.levels.map(({ id, title }) => ({ id, title })),
        models: distinct(rows.flatMap(({ modelNames }) => modelNames ?? [])),
        modelsNotKnown: rows.filter(({ modelNames }) => !modelNames).length,
      },
      sources: [...sources],
      queries: [...queries, ...pastQueries],
    };
  }

  /** What the catalog throws, it throws. */
  async hurting(
    filter: FleetFilter,
    reader: FleetReader,
  ): Promise<FleetHurting> {
    const { rows, mesh, controlPlanes, sources, queries } =
      await this.#look(reader);
    const wanted = filterFleet(rows, filter);
    const clusters = new Set(
      wanted.flatMap(({ services }) => services.map(one => one.cluster)),
    );
    const { canaries, moreCanaries } = shownCanaries(
      reader.canaries,
      isNarrowed(filter) ? wanted : undefined,
    );
    return {
      window: MESH_WINDOW,
      observedAt: reader.now.toISOString(),
      entities: wanted.length,
      facts: factsAge(wanted),
      unwell: unwell(wanted),
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
        known(await this.#origins(mesh, wanted, reader.credentials)),
      canaries,
      ...(moreCanaries !== undefined && { moreCanaries }),
      sources: [...sources],
      queries: [...queries],
    };
  }

  /** All rows that the reader may see, and what else was seen of the mesh. */
  async #look({ credentials, canaries }: FleetReader) {
    const [entities, look] = await Promise.all([
      this.#tools.entities.of(credentials),
      this.#tools.look(),
    ]);
    const canaryOf = firstCanaries(
      canaries.status === 'known' ? canaries.value : [],
    );
    const rows = entities.map(entity =>
      rowOf(
        entity,
        look.mesh.stateOf(entity.services, entity.tooWide),
        canaries.status === 'known' ? known(canaryOf(entity)) : canaries,
      ),
    );
    return { ...look, rows };
  }

  /** Those that are, or that hurt, what the reader may see and asks about. */
  async #origins(
    mesh: FleetLook['mesh'],
    entities: readonly Pick<FleetRow, 'entityRef' | 'services'>[],
    credentials: BackstageCredentials,
  ): Promise<FleetOrigin[]> {
    const refs = new Map<string, string[]>();
    for (const { entityRef, services } of entities) {
      for (const service of services) {
        const key = keyOf(service);
        addTo(refs, key, entityRef);
      }
    }
    const entitiesOf = (peer: FleetPeer) =>
      peer.kind === 'service' ? (refs.get(keyOf(peer)) ?? []) : [];
    const origins = await mesh.origins();
    const concerning = origins.filter(({ peer, suffering }) =>
      [peer, ...suffering].some(one => entitiesOf(one).length > 0),
    );
    // A host outside the mesh is nobody's.
    const named = concerning.flatMap(({ peer, suffering }) =>
      [peer, ...suffering].flatMap(({ kind, cluster, namespace, name }) =>
        kind === 'service' || kind === 'workload'
          ? { clusters: [cluster], namespace, name }
          : [],
      ),
    );
    const hidden = await this.#tools.hiddenAmong(named, credentials);
    const hiddenNames = new Set(hidden.map(({ name }) => name));
    const hiddenKeys = new Set(
      hidden.flatMap(({ clusters, namespace, name }) =>
        clusters.map(cluster => keyOf({ cluster, namespace, name })),
      ),
    );
    return concerning.map(({ peer, reason, words, confidence, suffering }) => {
      const { kind, cluster, namespace, name } = peer;
      const isHidden = hiddenKeys.has(keyOf(peer));
      const tells =
        isHidden || namesInText(reason).some(one => hiddenNames.has(one.name));
      return {
        ...(!isHidden && {
          node: {
            kind,
            cluster,
            ...(namespace !== undefined && { namespace }),
            name,
            entityRefs: entitiesOf(peer),
          },
        }),
        ...(!tells && { reason, words }),
        confidence,
        suffering: {
          count: suffering.length,
          entityRefs: distinct(suffering.flatMap(entitiesOf)),
        },
      };
    });
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

function rowOf(
  { modelNames, findingCodes, tooWide: _, ...entity }: FleetEntity,
  {
    traffic: { requestsPerSecond, requestCount, errorRatio, p95 },
    health,
    encryption,
  }: ReturnType<FleetLook['mesh']['stateOf']>,
  canary: FleetRow['canary'],
): FleetRowNow {
  return {
    ...entity,
    owners: [...entity.owners],
    systems: [...entity.systems],
    services: [...entity.services],
    ...(modelNames && { modelNames: [...modelNames] }),
    ...(findingCodes && { findingCodes: [...findingCodes] }),
    traffic: { requestsPerSecond, requestCount, errorRatio, p95 },
    health,
    encryption,
    canary,
  };
}

/** Of each entity the canary to look at first, among its own and those of its Services; null: none is active. */
function firstCanaries(canaries: readonly FleetCanary[]) {
  const ordered = inOrder(canaries);
  const ranks = new Map<string, number>();
  ordered.forEach(({ entityRef, service }, rank) => {
    for (const key of [entityRef, keyOf(service)]) {
      ranks.set(key, ranks.get(key) ?? rank);
    }
  });
  return ({ entityRef, services }: FleetEntity) => {
    const [first] = [entityRef, ...services.map(keyOf)]
      .flatMap(key => ranks.get(key) ?? [])
      .sort((a, b) => a - b);
    if (first === undefined) {
      return null;
    }
    const { id, state, next } = ordered[first];
    return { id, state, next };
  };
}

/** @param rows - whose alone are shown; absent: everybody's */
function shownCanaries(
  canaries: FleetReader['canaries'],
  rows: readonly Pick<FleetRow, 'entityRef' | 'services'>[] | undefined,
): Pick<FleetHurting, 'canaries' | 'moreCanaries'> {
  if (canaries.status === 'unknown') {
    return { canaries };
  }
  const all = inOrder(rows ? canariesOf(rows, canaries.value) : canaries.value);
  const more = all.length - MOST_CANARIES;
  return {
    canaries: known(all.slice(0, MOST_CANARIES)),
    ...(more > 0 && { moreCanaries: more }),
  };
}

/** Those of the entities, and of their Services. */
function canariesOf(
  entities: readonly Pick<FleetEntity, 'entityRef' | 'services'>[],
  canaries: readonly FleetCanary[],
): FleetCanary[] {
  if (canaries.length === 0) {
    return [];
  }
  const refs = new Set(entities.map(({ entityRef }) => entityRef));
  const own = new Set(entities.flatMap(({ services }) => services.map(keyOf)));
  return canaries.filter(
    ({ entityRef, service }) => refs.has(entityRef) || own.has(keyOf(service)),
  );
}

/** Those first that wait for the reader, then those that wait for somebody, then the latest. */
function inOrder(canaries: readonly FleetCanary[]): FleetCanary[] {
  const rank = ({ waiting, waitingForMe }: FleetCanary) =>
    2 * Number(waitingForMe) + Number(waiting);
  return [...canaries].sort(
    (a, b) => rank(b) - rank(a) || b.requestedAt.localeCompare(a.requestedAt),
  );
}

function keyOf({ cluster, namespace, name }: Omit<FleetPeer, 'kind'>): string {
  return `${cluster}/${namespace}/${name}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
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
