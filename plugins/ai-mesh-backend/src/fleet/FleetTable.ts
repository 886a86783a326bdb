import type { Fleet, FleetSort } from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../target/inTurns';
import type { FleetEntity } from './FleetEntities';
import type { FleetLook } from './FleetLook';
import type { FleetRowNow } from './FleetRowNow';
import { sortFleet, type CanaryOfRow } from './sortFleet';

/** What its rows may be narrowed to. */
type Facets = Omit<Fleet['facets'], 'levels'>;

/** All rows that a reader may see at one moment of the mesh: what every page of them shares. */
export class FleetTable {
  readonly rows: readonly FleetRowNow[];
  readonly madeAt: Date;
  readonly #levels: readonly string[];
  readonly #sorted = new Map<string, readonly FleetRowNow[]>();
  #facets?: Facets;

  private constructor(
    rows: readonly FleetRowNow[],
    levels: readonly string[],
    madeAt: Date,
  ) {
    this.rows = rows;
    this.madeAt = madeAt;
    this.#levels = levels;
  }

  /**
   * In turns with other work: there may be thousands.
   *
   * @param levels - of scorecards, lowest first
   */
  static async of(
    entities: readonly FleetEntity[],
    mesh: FleetLook['mesh'],
    levels: readonly string[],
    now: Date,
  ): Promise<FleetTable> {
    const rows: FleetRowNow[] = [];
    for (const entity of entities) {
      await inTurns();
      rows.push(rowOf(entity, mesh.stateOf(entity.services, entity.tooWide)));
    }
    return new FleetTable(rows, levels, now);
  }

  /** @param canaryOf - which may be another at every look, so that by canary rows are sorted each time */
  sorted(
    by: FleetSort,
    order: 'asc' | 'desc' | undefined,
    canaryOf: CanaryOfRow,
  ): readonly FleetRowNow[] {
    const options = { order, levels: this.#levels, canaryOf };
    if (by === 'canary') {
      return sortFleet(this.rows, by, options);
    }
    const key = `${by} ${order}`;
    const present = this.#sorted.get(key) ?? sortFleet(this.rows, by, options);
    this.#sorted.set(key, present);
    return present;
  }

  get facets(): Facets {
    this.#facets ??= facetsOf(this.rows);
    return this.#facets;
  }
}

function rowOf(
  { modelNames, findingCodes, tooWide: _, ...entity }: FleetEntity,
  {
    traffic: { requestsPerSecond, requestCount, errorRatio, p95 },
    health,
    encryption,
  }: ReturnType<FleetLook['mesh']['stateOf']>,
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
  };
}

function facetsOf(rows: readonly FleetRowNow[]): Facets {
  const services = rows.flatMap(row => row.services);
  return {
    owners: distinct(rows.flatMap(({ owners }) => owners)),
    systems: distinct(rows.flatMap(({ systems }) => systems)),
    clusters: distinct(services.map(({ cluster }) => cluster)),
    namespaces: distinct(services.map(({ namespace }) => namespace)),
    models: distinct(rows.flatMap(({ modelNames }) => modelNames ?? [])),
    modelsNotKnown: rows.filter(({ modelNames }) => !modelNames).length,
    slownessNotKnown: rows.filter(({ health }) => health.slownessNotKnown)
      .length,
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
