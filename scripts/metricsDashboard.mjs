// Writes a Grafana dashboard of AI Mesh's own metrics, from what a portal exports:
//   curl -s http://portal:9464/metrics | node scripts/metricsDashboard.mjs > docs/dashboard.json
import { text } from 'node:stream/consumers';
import { format } from 'prettier';
import { metricsDashboard } from './lib/metricsDashboard.mjs';

const dashboard = metricsDashboard(await text(process.stdin));
if (dashboard.panels.length === 0) {
  console.error('No metric of AI Mesh was read');
  process.exit(1);
}
process.stdout.write(
  await format(JSON.stringify(dashboard), { parser: 'json' }),
);
