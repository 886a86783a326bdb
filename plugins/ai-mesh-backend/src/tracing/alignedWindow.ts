/** Searches that come shortly after one another are the same one. */
const ALIGN_MS = 10_000;

/** A window in whole steps; the present second belongs to it. */
export function alignedWindow({ start, end }: { start: Date; end: Date }): {
  start: Date;
  end: Date;
} {
  const step = (date: Date) => Math.floor(date.getTime() / ALIGN_MS) * ALIGN_MS;
  return { start: new Date(step(start)), end: new Date(step(end) + ALIGN_MS) };
}

/** The same in Unix seconds, as a query's parameters. */
export function alignedSeconds(window: { start: Date; end: Date }): {
  start: string;
  end: string;
} {
  const { start, end } = alignedWindow(window);
  return {
    start: String(start.getTime() / 1000),
    end: String(end.getTime() / 1000),
  };
}
