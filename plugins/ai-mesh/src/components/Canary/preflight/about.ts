import type { Format } from '../../../format';

/** A time that is an estimate: no more digits than it can promise. */
export function aboutSeconds(seconds: number, format: Format): string {
  const rounded =
    seconds < 120 ? Math.round(seconds) : Math.round(seconds / 60) * 60;
  return format.duration(Math.max(1, rounded) * 1000);
}

/** A number of requests that is an estimate. */
export function aboutRequests(requests: number, format: Format): string {
  return format.requests(
    requests < 100
      ? Math.max(1, Math.ceil(requests))
      : Number(requests.toPrecision(2)),
  );
}
