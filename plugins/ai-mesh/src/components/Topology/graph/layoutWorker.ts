import { layoutGraph, type Structure } from './layoutGraph';

/** Lays graphs out on a thread of its own, so that a large one does not stop the page. */
self.onmessage = ({
  data: { id, structure },
}: MessageEvent<{ id: number; structure: Structure }>) =>
  self.postMessage({ id, layout: layoutGraph(structure) });
