import { Fault } from '../faults';
import { KubeObject } from '../store';
import { Conditions } from '../traffic';

/** An object of the first cluster. */
export interface SceneObject {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

/** What a scene may change. */
export interface Stage {
  conditions: Conditions;
  /** Puts a fault in force, in all clusters or in one. */
  fail(fault: Fault, cluster?: string): void;
  /** Deletes an object, which is there again once the scene is over. */
  remove(object: SceneObject): void;
  /** Edits an object as a person would; that is undone once the scene is over, unless somebody else has edited it since. */
  edit(object: SceneObject, edit: (draft: KubeObject) => void): void;
  /** Simulated time, ms. */
  nowMs: number;
}

/** A situation that a demo or a test needs, and that the world does not show by itself. */
export interface Scene {
  name: string;
  description: string;
  /** Who has to be in a world for the scene to make sense; absent: nobody. */
  needs?: {
    clusters?: string[];
    workloads?: string[];
    loads?: string[];
    objects?: SceneObject[];
  };
  play(stage: Stage): void;
}
