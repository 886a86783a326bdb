import type { ObjectiveProblem } from '@ai-mesh/plugin-ai-mesh-common';
import type { Series } from '../signals/Signal';
import type { SliQuery } from '../../prometheus/series/SliQuery';
import type { SloObjective } from './SloObjective';

/** Objectives of an entity, and what could not be read of them. */
export interface ReadObjectives<Counter = readonly Series[]> {
  objectives: SloObjective<Counter>[];
  problems: ObjectiveProblem[];
}

/** As a document has them: nothing can be asked for before they are confined to an entity. */
export type DocumentObjectives = ReadObjectives<SliQuery>;
