import { layoutGraph, type GraphLayout, type Structure } from './layoutGraph';
import { startLayoutWorker } from './startLayoutWorker';

interface Waiting {
  structure: Structure;
  resolve: (layout: GraphLayout) => void;
  reject: (error: unknown) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
/** Where the portal's content policy, or the browser, refuses a worker, the page lays out by itself. */
let refused = typeof Worker === 'undefined';
let last = 0;

/** Has the thread load its code, so that no graph waits for that. */
export function startAside() {
  if (refused) {
    return;
  }
  try {
    worker ??= listen(startLayoutWorker());
  } catch {
    giveUp();
  }
}

/** Lays a graph out without stopping the page, as far as the browser lets it. */
export function layoutAside(structure: Structure): Promise<GraphLayout> {
  return new Promise((resolve, reject) => {
    startAside();
    if (!worker) {
      layOutHere({ structure, resolve, reject });
      return;
    }
    last += 1;
    waiting.set(last, { structure, resolve, reject });
    worker.postMessage({ id: last, structure });
  });
}

function listen(started: Worker): Worker {
  started.onmessage = ({
    data: { id, layout },
  }: MessageEvent<{ id: number; layout: GraphLayout }>) => {
    waiting.get(id)?.resolve(layout);
    waiting.delete(id);
  };
  started.onerror = giveUp;
  return started;
}

function giveUp() {
  refused = true;
  worker?.terminate();
  worker = undefined;
  const all = [...waiting.values()];
  waiting.clear();
  all.forEach(layOutHere);
}

function layOutHere({ structure, resolve, reject }: Waiting) {
  try {
    resolve(layoutGraph(structure));
  } catch (error) {
    reject(error);
  }
}
