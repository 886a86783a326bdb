/**
 * A Prometheus' configuration, as JSON, which is YAML too.
 *
 * @param {{ name: string, url: string }[]} options.targets - the simulated clusters that it scrapes
 * @param {string} [options.kept] - a regular expression of the metrics that it keeps of a mesh; all, unless it is given
 * @param {string} [options.dropped] - a regular expression of what it leaves out of those: `<metric>;<le>`
 * @param {number} [options.portal] - the port at which a portal serves what it measures of itself
 */
export function prometheusConfig({
  targets,
  scrapeSeconds,
  kept,
  dropped,
  portal,
}) {
  const relabelled = [
    ...(kept
      ? [{ source_labels: ['__name__'], regex: kept, action: 'keep' }]
      : []),
    ...(dropped
      ? [{ source_labels: ['__name__', 'le'], regex: dropped, action: 'drop' }]
      : []),
  ];
  return JSON.stringify({
    global: {
      scrape_interval: `${scrapeSeconds}s`,
      // What thousands of services export takes a busy machine longer than the usual 10 s.
      scrape_timeout: `${Math.min(scrapeSeconds, Math.max(10, scrapeSeconds - 5))}s`,
    },
    scrape_configs: [
      {
        job_name: 'mesh-sandbox',
        honor_labels: true,
        ...(relabelled.length > 0 && { metric_relabel_configs: relabelled }),
        static_configs: targets.map(cluster => ({
          targets: [new URL(cluster.url).host],
          // Pods of two clusters may have the same name: one Prometheus for both needs to be told which is which.
          ...(targets.length > 1 && { labels: { cluster: cluster.name } }),
        })),
      },
      ...(portal
        ? [
            {
              job_name: 'portal',
              static_configs: [{ targets: [`127.0.0.1:${portal}`] }],
            },
          ]
        : []),
    ],
  });
}
