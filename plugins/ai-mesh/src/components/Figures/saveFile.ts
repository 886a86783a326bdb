import type { AiMeshDownload } from '@ai-mesh/plugin-ai-mesh-common';

/** Hands a file to the browser to be saved. */
export function saveFile({
  fileName,
  mediaType,
  content,
}: Omit<AiMeshDownload, 'content'> & { content: string | Blob }): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
