import { Fault, Faults } from '../faults';
import { cloneJson, equalJson, KubeObject, ObjectStore } from '../store';
import { Conditions } from '../traffic';
import { Behaviour } from '../world';
import { Scene, SceneObject } from './Scene';
import { scenes } from './scenes';

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
  /** What ends with the scene. */
  private undo: (() => void)[] = [];

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
      this.undo.splice(0).forEach(one => one());
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
        edit: (object, edit) => this.edit(object, edit),
      });
      this.playing = scene.name;
    }
    return scene;
  }

  /** What somebody else has deleted meanwhile is away already, and what somebody else has made afterwards is theirs. */
  private remove({ group, kind, ...name }: SceneObject): void {
    const { store } = this.options;
    if (!store.get(group, kind, name)) {
      return;
    }
    const { metadata, ...object } = store.remove(group, kind, name);
    this.undo.push(() => {
      const { uid, resourceVersion, ...kept } = metadata;
      if (!store.get(group, kind, name)) {
        store.create({ ...object, metadata: kept });
      }
    });
  }

  /** What somebody else has edited afterwards is theirs. */
  private edit(
    { group, kind, ...name }: SceneObject,
    edit: (draft: KubeObject) => void,
  ): void {
    const { store } = this.options;
    const before = store.get(group, kind, name);
    if (!before) {
      return;
    }
    const { spec } = store.update(group, kind, name, edit);
    this.undo.push(() => {
      if (equalJson(store.get(group, kind, name)?.spec, spec)) {
        store.update(group, kind, name, draft => {
          draft.spec = cloneJson(before.spec);
        });
      }
    });
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
