/** How many queries Prometheus has answered, by its own count. */
export async function queriesServed(prometheusUrl) {
  return countedBy(
    prometheusUrl,
    /^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(?:_range)?".*\} (\S+)$/gm,
  );
}

/** How many series it holds in memory, by its own count. */
export async function seriesHeld(prometheusUrl) {
  return countedBy(prometheusUrl, /^prometheus_tsdb_head_series (\S+)$/gm);
}

async function countedBy(prometheusUrl, lines) {
  const text = await (await fetch(`${prometheusUrl}/metrics`)).text();
  return [...text.matchAll(lines)].reduce(
    (total, [, count]) => total + Number(count),
    0,
  );
}
