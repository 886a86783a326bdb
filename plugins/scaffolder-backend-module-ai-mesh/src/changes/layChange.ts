import { mkdir, rm } from 'fs/promises';
import { join } from 'path';
import {
  repositoryFolder,
  type RepositoryFolder,
} from '../fixes/repositoryFolder';
import { writeManifests } from '../fixes/writeManifests';

/** What a publish step needs to open a pull request that holds nothing but a change. */
export interface PullRequestInput {
  /** A folder in the workspace that holds what is changed alone: else a request takes back what others changed since. */
  sourcePath: string;
  /** As publish steps take it. */
  repoUrl?: string;
  targetPath?: string;
  targetBranch?: string;
  branch: string;
}

interface Step {
  workspacePath: string;
  task: { id: string };
}

/**
 * Takes away what a try before has left, which would be taken for a part of the folder.
 *
 * @param what - of what the change is, as a part of the branch's name
 */
export async function clearChange(step: Step, what: string): Promise<void> {
  await rm(join(step.workspacePath, branchOf(step, what)), {
    recursive: true,
    force: true,
  });
}

/**
 * Writes changed files to where they were fetched to, and by themselves for a publish step.
 *
 * @param change - `files`: by their paths from the folder; `present`: those that were there
 */
export async function layChange(
  step: Step,
  change: {
    what: string;
    folder: string;
    files: ReadonlyMap<string, string>;
    present: Pick<ReadonlyMap<string, string>, 'has'>;
    place?: RepositoryFolder;
  },
): Promise<PullRequestInput> {
  const { what, folder, files, present, place } = change;
  const branch = branchOf(step, what);
  const alone = join(step.workspacePath, branch);
  await writeManifests(folder, files, present);
  await mkdir(alone);
  await writeManifests(alone, files, new Map());
  return {
    sourcePath: branch,
    repoUrl: place?.repoUrl,
    targetPath: place?.path,
    targetBranch: place?.branch,
    branch,
  };
}

/** @throws InputError where it names no repository */
export function placeOf(repository?: string): RepositoryFolder | undefined {
  return repository === undefined ? undefined : repositoryFolder(repository);
}

/** A task run again has the same. */
function branchOf({ task }: Step, what: string): string {
  return `ai-mesh-${what}-${task.id.slice(0, 8)}`;
}
