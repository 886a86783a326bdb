/** How many queries Prometheus has answered, by its own count. */
export async function queriesServed(prometheusUrl) {
  const text = await (await fetch(`${prometheusUrl}/metrics`)).text();
  return [
    ...text.matchAll(
      /^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(?:_range)?".*\} (\S+)$/gm,
    ),
  ].reduce((total, [, count]) => total + Number(count), 0);
}
