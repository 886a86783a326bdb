import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './shell.mjs';

/**
 * The demo computes facts, fills the search and tells Tech Insights while somebody watches. This configuration has a portal do so
 * as often as one that is installed: by the defaults, and by the README of the module for Tech Insights.
 */
export function asInstalled() {
  const { techInsights } = parse(
    readFileSync(join(root, 'app-config.yaml'), 'utf8'),
  );
  return {
    facts: { period: '15m' },
    search: {
      collators: { aiMesh: { schedule: { frequency: '10m', timeout: '5m' } } },
    },
    techInsights: {
      factRetrievers: Object.fromEntries(
        Object.keys(techInsights.factRetrievers).map(name => [
          name,
          { cadence: '*/5 * * * *' },
        ]),
      ),
    },
  };
}
