/**
 * A Prometheus' configuration, as JSON, which is YAML too.
 *
 * @param {{ name: string, url: string }[]} options.targets - the simulated clusters that it scrapes
 * @param {string[]} [options.samples] - names of the samples that it asks a mesh for; all, unless they are given
 * @param {string[]} [options.buckets] - bounds of the buckets that it asks for of Istio's histograms; all, unless they are given
 * @param {number} [options.portal] - the port at which a portal serves what it measures of itself
 */
export function prometheusConfig({
  targets,
  scrapeSeconds,
  samples = [],
  buckets = [],
  portal,
}) {
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
        params: { 'name[]': samples, 'le[]': buckets },
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
