import { wantedSamples } from './wantedSamples';

const PIECES = [
  '# HELP istio_requests_total Requests.\n# TYPE istio_requests_total counter\n',
  'istio_requests_total{source_workload="{gateway",le="in a name"} 3\n',
  [
    'istio_request_duration_milliseconds_bucket{source_workload="a",le="100"} 1',
    'istio_request_duration_milliseconds_bucket{source_workload="a",le="1000"} 2',
    'istio_request_duration_milliseconds_bucket{source_workload="a",le="+Inf"} 3',
    'istio_request_duration_milliseconds_sum{source_workload="a"} 900',
    'istio_request_duration_milliseconds_count{source_workload="a"} 3',
    '',
  ].join('\n'),
  'vllm:time_to_first_token_seconds_bucket{model="m",le="0.5"} 1\n',
  'process_start_time_seconds 7\n',
];

const numbered = (...samples: readonly [number, number?][]) =>
  samples.map(([piece, line]) =>
    line === undefined
      ? PIECES[piece].trimEnd()
      : PIECES[piece].split('\n')[line],
  );

it.each([
  ['everything', [], [], numbered([0], [1], [2], [3], [4])],
  [
    'by name',
    ['istio_requests_total', 'process_start_time_seconds'],
    [],
    numbered([0], [1], [4]),
  ],
  [
    'few buckets of Istio`s histograms, and all else',
    [],
    ['100', '+Inf'],
    numbered([0], [1], [2, 0], [2, 2], [2, 3], [2, 4], [3], [4]),
  ],
  [
    'one bucket alone',
    ['istio_request_duration_milliseconds_bucket'],
    ['1000'],
    numbered([0], [2, 1]),
  ],
])('gives a scrape %s', (_, names, bounds, expected) => {
  const text = [...wantedSamples(PIECES, { names, bounds })].join('');
  expect(text).toBe(`${expected.join('\n')}\n`);
});
