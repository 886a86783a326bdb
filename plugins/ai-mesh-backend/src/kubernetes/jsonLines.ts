/**
 * Reads a stream of JSON texts, one a line, as they come.
 *
 * @throws SyntaxError where a line is not JSON
 */
export async function* jsonLines(
  stream: ReadableStream<Uint8Array> | null,
): AsyncIterable<unknown> {
  const decoder = new TextDecoder();
  // A large object comes in many pieces: they are joined once, at the end of the line.
  let pieces: string[] = [];
  for await (const chunk of stream ?? []) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n');
    pieces.push(lines[0]);
    for (const next of lines.slice(1)) {
      const line = pieces.join('');
      pieces = [next];
      if (line.trim() !== '') {
        yield JSON.parse(line);
      }
    }
  }
}
