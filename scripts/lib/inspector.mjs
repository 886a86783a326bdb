import { readFileSync } from 'node:fs';

/** A Node process of ours that runs with `--inspect`, seen through its inspector. */
export class Inspector {
  #socket;
  #asked = new Map();
  #last = 0;

  constructor(socket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, result, error } = JSON.parse(data);
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) {
        asked?.reject(new Error(error.message));
      } else {
        asked?.resolve(result);
      }
    });
    socket.addEventListener('close', () => {
      this.#asked.forEach(({ reject }) =>
        reject(new Error('the inspected process has gone')),
      );
    });
  }

  /** @param log - where the process says what its inspector listens on */
  static async of(log) {
    const [url] = readFileSync(log, 'utf8').match(/ws:\/\/[\w.:/-]+/) ?? [];
    if (!url) {
      throw new Error(`no inspector is named in ${log}`);
    }
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener(
        'error',
        () => reject(new Error(`nothing listens on ${url}`)),
        { once: true },
      );
    });
    return new Inspector(socket);
  }

  /** Megabytes of all that JavaScript still holds, buffers among it, after its garbage was collected. */
  async heldMb() {
    await this.#ask('HeapProfiler.enable');
    // What finalizers let go of is garbage of the next collection.
    await this.#ask('HeapProfiler.collectGarbage');
    await this.#ask('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await this.#ask(
      'Runtime.getHeapUsage',
    );
    return (usedSize + backingStorageSize) / 2 ** 20;
  }

  /** What the process does until `work` is done, as Chromium's developer tools read it. */
  async cpuProfile(work) {
    await this.#ask('Profiler.enable');
    await this.#ask('Profiler.start');
    await work();
    return (await this.#ask('Profiler.stop')).profile;
  }

  close() {
    this.#socket.close();
  }

  #ask(method) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method }));
    });
  }
}
