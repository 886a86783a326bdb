/**
 * Reads a stream of texts, one a line, as they come; empty ones are left out.
 *
 * @param tooLong - the error to throw where a line is longer than so many characters
 */
export async function* textLines(
  stream: ReadableStream<Uint8Array> | null,
  mostCharacters: number,
  tooLong: () => Error,
): AsyncIterable<string> {
  const decoder = new TextDecoder();
  // A large object comes in many pieces: they are joined once, at the end of the line.
  let pieces: string[] = [];
  let characters = 0;
  const add = (piece: string) => {
    characters += piece.length;
    if (characters > mostCharacters) {
      throw tooLong();
    }
    pieces.push(piece);
  };
  for await (const chunk of stream ?? []) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n');
    add(lines[0]);
    for (const next of lines.slice(1)) {
      const line = pieces.join('');
      pieces = [];
      characters = 0;
      add(next);
      if (line.trim() !== '') {
        yield line;
      }
    }
  }
}
