import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import type { PodLabels } from '../telemetry';
import type { ModelPrice } from './cost/priceTable';
import type { DefaultObjectives } from './objectives/defaultObjectives';
import type { DocumentLimits } from './openslo/DocumentLimits';

/** What `aiMesh.slo` of the configuration says. */
export interface SloSettings {
  objectives: readonly DefaultObjectives[];
  prices: readonly ModelPrice[];
  dialects: readonly MetricDialect[];
  /** Links out; `{cluster}`, `{namespace}`, `{service}`, `{entity}` and `{entityRef}` are filled in. */
  links: readonly { title: string; url: string }[];
  podLabels: PodLabels;
  /** Of files of objectives, and of what one may ask Prometheus. */
  limits: DocumentLimits;
  /** What of it could not be read, each a sentence that names the key. */
  problems: readonly string[];
}
