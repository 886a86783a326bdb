import { Fault, Faults } from '../faults';
import { Conditions } from '../traffic';
import { Behaviour } from '../world';
import { Scene, scenes } from './scenes';

export interface SceneStageOptions {
  conditions: Conditions;
  /** What plays, one a cluster. */
  behaviours: readonly Behaviour[];
  /** By cluster. */
  faults: ReadonlyMap<string, Faults>;
  nowMs: () => number;
}

/** Plays scenes, one at a time. */
export class SceneStage {
  /** Those that this world can play. */
  readonly scenes: readonly Scene[];
  private playing = 'normal';

  constructor(private readonly options: SceneStageOptions) {
    this.scenes = scenes.filter(scene => isPlayable(scene, options.behaviours));
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
      scene.play({
        conditions,
        nowMs: nowMs(),
        fail: (fault: Fault, cluster?: string) =>
          faults.forEach((own, owner) => {
            if (cluster === undefined || cluster === owner) {
              own.set(fault);
            }
          }),
      });
      this.playing = scene.name;
    }
    return scene;
  }
}

/** Whether everybody that a scene speaks of is in the world. */
function isPlayable(
  { needs = {} }: Scene,
  behaviours: readonly Behaviour[],
): boolean {
  const { clusters = [], workloads = [], loads = [] } = needs;
  const has = (part: (behaviour: Behaviour) => string[], names: string[]) =>
    names.every(name => behaviours.some(one => part(one).includes(name)));
  return (
    has(({ cluster }) => [cluster], clusters) &&
    has(one => one.workloads.map(({ workload }) => workload), workloads) &&
    has(one => one.loads.map(({ name, from }) => name ?? from), loads)
  );
}
