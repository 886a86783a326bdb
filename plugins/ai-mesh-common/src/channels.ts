/**
 * The signals channel that tells open screens that an object of a mesh was edited. Its message is empty: what changed
 * is for a read, which is authorized, to say.
 *
 * @public
 */
export const CONFIGURATION_CHANGED_CHANNEL = 'ai-mesh:configuration-changed';
