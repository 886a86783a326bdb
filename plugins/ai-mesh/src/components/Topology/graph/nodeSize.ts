import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { worstSeverity } from '../../Review/worstFindings';

/** Pixels. The layout and the drawing of a node share them, so that nothing is measured and nothing jumps. */
export const nodeShape = {
  width: 224,
  padding: 8,
  titleHeight: 24,
  lineHeight: 18,
  versionHeight: 22,
  badgesHeight: 28,
} as const;

/** Pixels of the box of a folded group. */
export const foldedShape = { width: nodeShape.width, height: 60 } as const;

/** Pixels of a call's label: two lines; a third lies over what is below it. */
export const labelShape = { width: 100, height: 38 } as const;

/** Pixels by which a label may be longer on either side, in the room that is left beside it. */
export const labelSpare = 18;

/** The versions worth a line each; a single one takes everything there is. */
export function shownVersions(node: TopologyNode) {
  return node.versions.length > 1 ? node.versions : [];
}

/** Whether a node has marks: of its mesh settings, or of what the review finds in them. */
export function hasBadges(node: TopologyNode): boolean {
  return node.badges.length > 0 || worstSeverity(node.findings) !== undefined;
}

/** The size of a node's box, in pixels. */
export function nodeSize(node: TopologyNode) {
  const { padding, titleHeight, lineHeight, versionHeight, badgesHeight } =
    nodeShape;
  return {
    width: nodeShape.width,
    height:
      2 * padding +
      titleHeight +
      2 * lineHeight +
      shownVersions(node).length * versionHeight +
      (hasBadges(node) ? badgesHeight : 0),
  };
}
