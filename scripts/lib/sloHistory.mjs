// A month of an AI service's metrics, written into Prometheus' storage: counters that grow evenly, so that every figure is known.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { say } from './shell.mjs';

const BLOCK_SECONDS = 7200;
const BOUNDS = [0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const POD = 'llm-gateway-service-6d4cf56db6-x7k2p';

const DURATION = 'gen_ai_client_operation_duration_seconds';

/** The counters of so many models, each with what it grows by in a second. */
function counters(models) {
  const all = Array.from({ length: models }, (_, index) => ({
    labels: `job="bench",instance="bench",namespace="ai-services",pod="${POD}",gen_ai_provider_name="bench",gen_ai_request_model="model-${index}"`,
    // 0.5 to 2.4 requests a second; between 0.1 and 0.5 % of them fail
    rate: 0.5 + index * 0.1,
    errorRatio: 0.001 + (index % 5) * 0.001,
  }));
  const series = (metric, labels, perSecond) => ({
    name: `${metric}{${labels}}`,
    perSecond,
  });
  return [
    ...all.flatMap(({ labels, rate, errorRatio }) => [
      series(`${DURATION}_count`, `${labels},error_type=""`, rate),
      series(
        `${DURATION}_count`,
        `${labels},error_type="500"`,
        rate * errorRatio,
      ),
    ]),
    ...all.flatMap(({ labels, rate }) => [
      ...BOUNDS.map((bound, index) =>
        series(
          `${DURATION}_bucket`,
          `${labels},le="${bound}"`,
          rate * (1 - 0.5 ** (index + 3)),
        ),
      ),
      series(`${DURATION}_bucket`, `${labels},le="+Inf"`, rate),
    ]),
    ...['input', 'output'].flatMap(type =>
      all.map(({ labels, rate }) =>
        series(
          'gen_ai_client_token_usage_sum',
          `${labels},gen_ai_token_type="${type}"`,
          rate * 400,
        ),
      ),
    ),
  ];
}

/**
 * Backfills `days` of OpenTelemetry's GenAI metrics of so many models, a sample a step, in blocks of two hours: promtool
 * reads its input once for each block of it. Gives the storage's folder, and a page for Prometheus to scrape that goes on
 * where the past ends.
 */
export async function backfillModels({ models, days, stepSeconds, folder }) {
  const until = Math.floor(Date.now() / 1000);
  const text = join(folder, 'backfill');
  mkdirSync(text, { recursive: true });
  const data = join(folder, 'data');
  const start =
    Math.floor(until / BLOCK_SECONDS) * BLOCK_SECONDS - days * 86_400;
  const all = counters(models);
  const value = (perSecond, at) => Math.floor(perSecond * (at - start));
  const blocks = [];
  for (let from = start; from < until; from += BLOCK_SECONDS) {
    blocks.push(from);
  }
  say(
    `backfilling ${days} days of ${models} models: ${all.length} series, ${blocks.length} blocks`,
  );
  const queue = blocks.values();
  const worker = async () => {
    for (const from of queue) {
      const to = Math.min(from + BLOCK_SECONDS, until);
      const lines = [];
      for (const { name, perSecond } of all) {
        for (let at = from; at < to; at += stepSeconds) {
          lines.push(`${name} ${value(perSecond, at)} ${at}`);
        }
      }
      const file = join(text, `${from}.txt`);
      writeFileSync(file, `${lines.join('\n')}\n# EOF\n`);
      await promisify(execFile)('promtool', [
        'tsdb',
        'create-blocks-from',
        'openmetrics',
        '--quiet',
        file,
        data,
      ]);
      rmSync(file);
    }
  };
  await Promise.all([worker(), worker()]);
  const page = () =>
    `${all
      .map(
        ({ name, perSecond }) =>
          `${name} ${value(perSecond, Date.now() / 1000)}`,
      )
      .join('\n')}\n`;
  return { data, page };
}
