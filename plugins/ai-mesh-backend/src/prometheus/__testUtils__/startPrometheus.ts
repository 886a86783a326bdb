import { spawnSync } from 'child_process';
import { binary } from './launchPrometheus';

export * from './launchPrometheus';

/**
 * `describe` where there is a Prometheus (`PROMETHEUS_BIN` or on PATH); else the tests are skipped by name.
 * In CI they run, and fail, either way.
 */
export const describeWithPrometheus: jest.Describe =
  process.env.CI || binary('prometheus') ? describe : describe.skip;

/** `describe` where the Prometheus that there is takes names in quotes, as those of 3.0 and later do; else skipped by name. */
export const describeWithPrometheus3: jest.Describe =
  majorVersion() >= 3 ? describe : describe.skip;

function majorVersion(): number {
  const prometheus = binary('prometheus');
  const said = prometheus
    ? spawnSync(prometheus, ['--version'], { encoding: 'utf8' })
    : undefined;
  const found = /version (\d+)/.exec(`${said?.stdout}${said?.stderr}`);
  return Number(found?.[1] ?? 0);
}
