import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { MetricDialect } from './MetricDialect';

/**
 * Teaches AI Mesh how a company's own AI services write their metrics.
 *
 * @public
 */
export interface MetricDialectsExtensionPoint {
  /**
   * Adds dialects. They are preferred over the built-in ones, the first added first; one of a built-in's name replaces
   * that one.
   */
  addDialects(...dialects: MetricDialect[]): void;
}

/** @public */
export const metricDialectsExtensionPoint =
  createExtensionPoint<MetricDialectsExtensionPoint>({
    id: 'ai-mesh.metric-dialects',
  });
