import type { Fact, FleetRow, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { csvOf } from '../Figures';

/** Every figure with all of its digits; an unknown one is empty, beside why. */
const columns: Record<string, (row: FleetRow) => string | number> = {
  entity: row => row.entityRef,
  title: row => row.title ?? '',
  owners: row => row.owners.join(' '),
  systems: row => row.systems.join(' '),
  services: row =>
    row.services
      .map(({ cluster, namespace, name }) => `${cluster}/${namespace}/${name}`)
      .join(' '),
  health: row => row.health.status,
  why: row => row.health.message,
  requests_per_second: row => valueOf(row.traffic.requestsPerSecond),
  error_ratio: row => valueOf(row.traffic.errorRatio),
  p95_ms: row =>
    row.traffic.p95.status === 'known' ? row.traffic.p95.value.valueMs : '',
  encrypted_ratio: row =>
    row.encryption.status === 'known' ? row.encryption.value.share : '',
  canary: row =>
    row.canary.status === 'known' ? (row.canary.value?.state ?? 'none') : '',
  findings_high: row => factOf(row.facts.findingsHigh),
  findings_medium: row => factOf(row.facts.findingsMedium),
  level: ({ level }) =>
    level.status === 'known' && level.value.status === 'known'
      ? (level.value.level ?? 'none')
      : '',
  budget_left_ratio: row => factOf(row.facts.budgetLeft),
  burn_rate: row => factOf(row.facts.burnRate),
  cost_per_day: row => factOf(row.facts.costPerDay),
  currency: ({ facts: { costPerDay } }) =>
    costPerDay.status === 'known' ? (costPerDay.currency ?? '') : '',
  models: row => factOf(row.facts.models),
  model_names: row => row.modelNames?.join(' ') ?? '',
  facts_at: row => row.facts.observedAt ?? '',
};

/** The rows as a table for a spreadsheet. */
export function fleetCsv(rows: readonly FleetRow[]): string {
  return csvOf([
    Object.keys(columns),
    ...rows.map(row => Object.values(columns).map(read => read(row))),
  ]);
}

function valueOf(measured: Measured<number>): number | '' {
  return measured.status === 'known' ? measured.value : '';
}

function factOf(fact: Fact): string | number {
  if (fact.status === 'unknown') {
    return '';
  }
  return typeof fact.value === 'number' ? fact.value : String(fact.value);
}
