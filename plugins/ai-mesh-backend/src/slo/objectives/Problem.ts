import type { ObjectiveProblem } from '@ai-mesh/plugin-ai-mesh-common';
import type { SloObjective } from './SloObjective';

/** Objectives of an entity, and what could not be read of them. */
export interface ReadObjectives {
  objectives: SloObjective[];
  problems: ObjectiveProblem[];
}
