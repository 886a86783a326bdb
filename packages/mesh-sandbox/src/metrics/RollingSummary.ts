import { sample } from './exposition';

const QUANTILES = [0.5, 0.75, 0.95, 0.99];
/** Micrometer's default: quantiles and maxima forget after two minutes. */
const WINDOW_MS = 120_000;
const LIMIT = 4_000;

/** A Micrometer summary with client-side quantiles over the last two minutes. */
export class RollingSummary {
  count = 0;
  private sum = 0;
  private recent: { at: number; value: number }[] = [];

  observe(value: number, nowMs: number): void {
    this.count += 1;
    this.sum += value;
    this.recent.push({ at: nowMs, value });
    if (this.recent.length > LIMIT) {
      this.recent = this.recent.slice(LIMIT / 2);
    }
  }

  max(nowMs: number): number {
    return this.window(nowMs).at(-1) ?? 0;
  }

  render(name: string, labels: string, nowMs: number): string {
    const values = this.window(nowMs);
    const at = (quantile: number) =>
      values.length === 0
        ? 0
        : values[
            Math.min(values.length - 1, Math.ceil(quantile * values.length) - 1)
          ];
    return [
      ...QUANTILES.map(quantile =>
        sample(name, `${labels},quantile="${quantile}"`, at(quantile)),
      ),
      sample(`${name}_sum`, labels, this.sum),
      sample(`${name}_count`, labels, this.count),
    ].join('');
  }

  private window(nowMs: number): number[] {
    this.recent = this.recent.filter(({ at }) => at > nowMs - WINDOW_MS);
    return this.recent.map(({ value }) => value).sort((a, b) => a - b);
  }
}
