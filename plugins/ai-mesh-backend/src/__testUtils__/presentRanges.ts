import { serve, type TestServer } from '../target/__testUtils__/serve';

interface Answer {
  data?: { result: { values?: [number, string][] }[] };
}

/**
 * Stands before a Prometheus as if each range that is asked about ended now: so a test of what is shown up to the last whole
 * five minutes waits for no five minutes to be over.
 */
export function presentRanges(upstream: string): Promise<TestServer> {
  return serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const end = form.get('end');
    const laterBy = end === null ? 0 : Date.now() / 1000 - Number(end);
    for (const name of ['start', 'end']) {
      const moment = form.get(name);
      if (moment !== null) {
        form.set(name, String(Number(moment) + laterBy));
      }
    }
    const answer = await fetch(`${upstream}${request.url}`, {
      method: request.method,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(request.method === 'POST' && { body: form.toString() }),
    });
    const body = (await answer.json()) as Answer;
    for (const series of body.data?.result ?? []) {
      series.values = series.values?.map(([at, value]) => [
        Math.round(at - laterBy),
        value,
      ]);
    }
    response
      .writeHead(answer.status, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(body));
  });
}
