/** One query of a panel. */
export interface Target {
  expr: string;
  legendFormat: string;
}

/** As much of Grafana's panel as is needed. */
export interface Panel {
  id?: number;
  type: 'timeseries';
  title: string;
  datasource: { type: 'prometheus'; uid: string };
  gridPos?: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: { unit: string }; overrides: [] };
  targets: (Target & { refId: string })[];
}

/** A graph over time, of whichever Prometheus the dashboard's reader chooses. */
export function timeseries(
  title: string,
  unit: string,
  targets: readonly Target[],
): Panel {
  return {
    type: 'timeseries',
    title,
    datasource: { type: 'prometheus', uid: '${datasource}' },
    fieldConfig: { defaults: { unit }, overrides: [] },
    targets: targets.map((target, index) => ({
      ...target,
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
    })),
  };
}
