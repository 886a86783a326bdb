import { ObjectStore } from '../../store/ObjectStore';
import { ObjectName } from '../../store/Shelf';

/** Brings what belongs to one object in line with it. */
export interface Controller {
  name: string;
  /** Lower levels go first. */
  level: number;
  /** Called again and again; does nothing where nothing is to be done. */
  reconcile(name: ObjectName): void;
}

interface Task {
  controller: Controller;
  name: ObjectName;
}

/**
 * Runs what is due once the store has settled, so that a write's consequences are all there when the write
 * returns. Tasks of a lower level go first: pods come before the endpoints that are made of them.
 */
export class ControllerLoop {
  private readonly levels: Map<string, Task>[] = [];
  private running = false;

  constructor(private readonly store: ObjectStore) {}

  /** Makes something due; several calls for one object are one. */
  due(controller: Controller, name: ObjectName): void {
    const tasks = this.levels[controller.level] ?? new Map<string, Task>();
    this.levels[controller.level] = tasks;
    tasks.set(`${controller.name}\n${name.namespace ?? ''}\n${name.name}`, {
      controller,
      name,
    });
  }

  /** Runs what is due, up to the first level that writes: its writes have to be heard before others act on them. */
  step(): void {
    if (this.running) {
      return;
    }
    this.running = true;
    try {
      const before = this.store.resourceVersion;
      for (const tasks of this.levels) {
        if (tasks && tasks.size > 0) {
          const due = [...tasks.values()];
          tasks.clear();
          due.forEach(({ controller, name }) => controller.reconcile(name));
        }
        if (this.store.resourceVersion !== before) {
          return;
        }
      }
    } finally {
      this.running = false;
    }
  }

  /** Runs until nothing is due. For the start, outside of any write. */
  run(): void {
    while (this.levels.some(tasks => tasks?.size > 0)) {
      this.step();
    }
  }
}
