/** A series of a native histogram at one moment, of schema 0: bucket `n` counts what is above 2^(n-1) and at most 2^n. */
export interface NativeSample {
  labels: Readonly<Record<string, string>>;
  atMs: number;
  /** Cumulative counts since the process began, of the buckets from `firstBucket` on. */
  buckets: readonly number[];
  firstBucket: number;
  sum: number;
}

/** A series of plain numbers at one moment. */
export interface PlainSample {
  labels: Readonly<Record<string, string>>;
  atMs: number;
  value: number;
}

/**
 * Hands samples to a Prometheus that takes remote writes. Native histograms cannot be written as text: this is
 * Prometheus' `WriteRequest` (prompb/remote.proto and types.proto) in Snappy's block format, nothing of it compressed.
 */
export async function remoteWrite(
  url: string,
  samples: readonly (NativeSample | PlainSample)[],
): Promise<void> {
  const response = await fetch(`${url}/api/v1/write`, {
    method: 'POST',
    headers: {
      'Content-Encoding': 'snappy',
      'Content-Type': 'application/x-protobuf',
      'X-Prometheus-Remote-Write-Version': '0.1.0',
    },
    body: new Uint8Array(
      snappy(
        Buffer.concat(samples.map(sample => message(1, timeSeries(sample)))),
      ),
    ),
  });
  if (!response.ok) {
    throw new Error(
      `Not written (${response.status}): ${await response.text()}`,
    );
  }
}

function timeSeries(sample: NativeSample | PlainSample): Buffer {
  const names = Object.keys(sample.labels).sort();
  return Buffer.concat([
    ...names.map(name =>
      message(
        1,
        Buffer.concat([
          message(1, Buffer.from(name)),
          message(2, Buffer.from(sample.labels[name])),
        ]),
      ),
    ),
    'value' in sample
      ? message(
          2,
          Buffer.concat([double(1, sample.value), number(2, sample.atMs)]),
        )
      : message(4, histogram(sample)),
  ]);
}

function histogram({ atMs, buckets, firstBucket, sum }: NativeSample): Buffer {
  const span = Buffer.concat([
    number(1, zigzag(firstBucket)),
    number(2, buckets.length),
  ]);
  const deltas = buckets.map((count, index) =>
    varint(zigzag(count - (buckets[index - 1] ?? 0))),
  );
  return Buffer.concat([
    number(
      1,
      buckets.reduce((all, count) => all + count, 0),
    ),
    double(3, sum),
    number(4, zigzag(0)),
    double(5, 2 ** -128),
    number(6, 0),
    message(11, span),
    message(12, Buffer.concat(deltas)),
    number(15, atMs),
  ]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) + 128);
  }
  return Buffer.from([...bytes, rest]);
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), bytes]);
}

function message(field: number, body: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

/** One literal, whose length takes two bytes. */
function snappy(body: Buffer): Buffer {
  if (body.length > 65_536) {
    throw new Error(`${body.length} bytes do not fit into one literal`);
  }
  const tag = Buffer.alloc(3);
  tag.writeUInt8(61 * 4);
  tag.writeUInt16LE(body.length - 1, 1);
  return Buffer.concat([varint(body.length), tag, body]);
}
