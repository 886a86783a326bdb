const WIDTH = 12;
const HEIGHT = 8;
/** They are of the exporter, not of what is measured. */
const NOT_SHOWN = new Set(['le', 'otel_scope_name', 'otel_scope_version']);

/**
 * A Grafana dashboard with a panel for each of AI Mesh's metrics.
 *
 * @param {string} exposition - the metrics as Prometheus reads them
 */
export function metricsDashboard(exposition) {
  return {
    uid: 'ai-mesh-itself',
    title: 'AI Mesh itself',
    tags: ['ai-mesh'],
    timezone: 'browser',
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [
        {
          name: 'datasource',
          label: 'Prometheus',
          type: 'datasource',
          query: 'prometheus',
        },
      ],
    },
    panels: metricsOf(exposition).map((metric, index) => ({
      id: index + 1,
      gridPos: {
        x: (index % 2) * WIDTH,
        y: Math.floor(index / 2) * HEIGHT,
        w: WIDTH,
        h: HEIGHT,
      },
      ...panelOf(metric),
    })),
  };
}

function panelOf({ name, type, help, labels }) {
  // Of one replica as of another: what they read from the same database must not be added up.
  const kept = type === 'gauge' ? ['instance', ...labels] : labels;
  const by = kept.length > 0 ? ` by (${kept.join(', ')})` : '';
  const legend = kept.map(label => `{{${label}}}`).join(' ');
  const counted = type === 'histogram' ? `${name}_count` : name;
  const targets =
    type === 'gauge'
      ? [{ expr: `max${by} (${name})`, legendFormat: legend }]
      : [
          {
            expr: `sum${by} (rate(${counted}[5m]))`,
            legendFormat: `${legend} a second`.trim(),
          },
        ];
  if (type === 'histogram') {
    targets.push({
      expr: `histogram_quantile(0.95, sum by (${[...labels, 'le'].join(', ')}) (rate(${name}_bucket[5m])))`,
      legendFormat: `${legend} p95 in seconds`.trim(),
    });
  }
  return {
    type: 'timeseries',
    title: name,
    description: help,
    datasource: { type: 'prometheus', uid: '${datasource}' },
    fieldConfig: {
      defaults: {
        unit: type === 'gauge' && name.endsWith('_seconds') ? 's' : 'short',
      },
      overrides: [],
    },
    targets: targets.map((target, index) => ({
      ...target,
      refId: 'AB'[index],
    })),
  };
}

/** Each metric with its labels, by name. */
function metricsOf(exposition) {
  const metrics = new Map();
  for (const line of exposition.split('\n')) {
    const [, what, name, rest] =
      /^# (HELP|TYPE) (ai_mesh_\w+) (.*)$/.exec(line) ?? [];
    if (name) {
      const metric = metrics.get(name) ?? { name, labels: new Set() };
      metric[what.toLowerCase()] = rest;
      metrics.set(name, metric);
    }
    const [, sample, labels = ''] =
      /^(ai_mesh_\w+?)(?:\{(.*)\})? \S+/.exec(line) ?? [];
    const metric =
      sample &&
      (metrics.get(sample) ??
        metrics.get(sample.replace(/_(bucket|sum|count)$/, '')));
    for (const [, label] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) {
      if (metric && !NOT_SHOWN.has(label)) {
        metric.labels.add(label);
      }
    }
  }
  return [...metrics.values()]
    .map(metric => ({ ...metric, labels: [...metric.labels].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
