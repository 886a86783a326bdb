/** Pixels a side that browsers draw at least; a larger picture is made smaller. */
const MOST_PIXELS = 8_000;

/** Draws a picture of known size as PNG, twice as sharp where there is room for it; undefined where the browser cannot. */
export async function pngOf(
  svg: string,
  { width, height }: { width: number; height: number },
): Promise<Blob | undefined> {
  const image = new Image(width, height);
  // A data URL: portals' content policies let images come from those, and not from blobs.
  // Halves of characters, which a name of a metric may hold, can be in no URL.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.replace(/\p{Cs}/gu, '\ufffd'))}`;
  await image.decode();
  const scale = Math.min(2, MOST_PIXELS / width, MOST_PIXELS / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) {
    return undefined;
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => {
    canvas.toBlob(blob => resolve(blob ?? undefined));
  });
}
