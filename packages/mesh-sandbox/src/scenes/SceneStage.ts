import { Faults } from '../faults';
import { Conditions } from '../traffic';
import { Scene, scenes } from './scenes';

/** Plays scenes, one at a time. */
export class SceneStage {
  private playing = 'normal';

  constructor(
    private readonly conditions: Conditions,
    private readonly faults: Faults,
    private readonly nowMs: () => number,
  ) {}

  get current(): string {
    return this.playing;
  }

  get scenes(): readonly Scene[] {
    return scenes;
  }

  /** Ends what plays, faults included, and starts a scene. @returns undefined where there is none of that name */
  play(name: string): Scene | undefined {
    const scene = scenes.find(one => one.name === name);
    if (scene) {
      this.conditions.reset();
      this.faults.clear();
      scene.play({
        conditions: this.conditions,
        faults: this.faults,
        nowMs: this.nowMs(),
      });
      this.playing = scene.name;
    }
    return scene;
  }
}
