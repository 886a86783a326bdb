import { inTurns } from './inTurns';

/**
 * Reads a body as text, in turns with other work, and stops where it is too long: a portal must not die of an answer.
 *
 * @param tooLong - the error to throw then, told the limit in megabytes
 */
export async function readLimited(
  response: { body: AsyncIterable<Uint8Array> | null },
  mostBytes: number,
  tooLong: (megabytes: number) => Error,
): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      throw tooLong(mostBytes / 1024 / 1024);
    }
    await inTurns();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
