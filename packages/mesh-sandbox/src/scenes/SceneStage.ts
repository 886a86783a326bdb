import { Fault, Faults } from '../faults';
import { KubeObject, ObjectStore } from '../store';
import { Conditions } from '../traffic';
import { Behaviour } from '../world';
import { Scene, SceneObject, scenes } from './scenes';

export interface SceneStageOptions {
  conditions: Conditions;
  /** What plays, one a cluster. */
  behaviours: readonly Behaviour[];
  /** By cluster. */
  faults: ReadonlyMap<string, Faults>;
  /** The first cluster's objects. */
  store: ObjectStore;
  nowMs: () => number;
}

/** Plays scenes, one at a time. */
export class SceneStage {
  /** Those that this world can play. */
  readonly scenes: readonly Scene[];
  private playing = 'normal';
  private removed: KubeObject[] = [];

  constructor(private readonly options: SceneStageOptions) {
    this.scenes = scenes.filter(scene => isPlayable(scene, options));
  }

  get current(): string {
    return this.playing;
  }

  /** Ends what plays, faults included, and starts a scene. @returns undefined where there is none of that name */
  play(name: string): Scene | undefined {
    const scene = this.scenes.find(one => one.name === name);
    if (scene) {
      const { conditions, faults, nowMs } = this.options;
      conditions.reset();
      faults.forEach(one => one.clear());
      this.putBack();
      scene.play({
        conditions,
        nowMs: nowMs(),
        fail: (fault: Fault, cluster?: string) =>
          faults.forEach((own, owner) => {
            if (cluster === undefined || cluster === owner) {
              own.set(fault);
            }
          }),
        remove: object => this.remove(object),
      });
      this.playing = scene.name;
    }
    return scene;
  }

  /** What somebody else has deleted meanwhile is away already. */
  private remove({ group, kind, ...name }: SceneObject): void {
    const { store } = this.options;
    if (store.get(group, kind, name)) {
      this.removed.push(store.remove(group, kind, name));
    }
  }

  /** What somebody else has made meanwhile is theirs. */
  private putBack(): void {
    const { store } = this.options;
    for (const { metadata, ...object } of this.removed) {
      const { uid, resourceVersion, ...kept } = metadata;
      const group = object.apiVersion.includes('/')
        ? object.apiVersion.split('/')[0]
        : '';
      if (!store.get(group, object.kind, metadata)) {
        store.create({ ...object, metadata: kept });
      }
    }
    this.removed = [];
  }
}

/** Whether everybody that a scene speaks of is in the world. */
function isPlayable(
  { needs = {} }: Scene,
  { behaviours, store }: SceneStageOptions,
): boolean {
  const { clusters = [], workloads = [], loads = [], objects = [] } = needs;
  const has = (part: (behaviour: Behaviour) => string[], names: string[]) =>
    names.every(name => behaviours.some(one => part(one).includes(name)));
  return (
    has(({ cluster }) => [cluster], clusters) &&
    has(one => one.workloads.map(({ workload }) => workload), workloads) &&
    has(one => one.loads.map(({ name, from }) => name ?? from), loads) &&
    objects.every(({ group, kind, ...name }) => store.get(group, kind, name))
  );
}
