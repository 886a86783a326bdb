/** The type of AI Mesh's documents in search. @public */
export const SEARCH_DOCUMENT_TYPE = 'ai-mesh';

/**
 * A service in the mesh as search has it: an `IndexableDocument` with what it is found by. What is not known is not there.
 *
 * @public
 */
export interface AiMeshSearchDocument {
  title: string;
  /** All that it is found by. */
  text: string;
  /** A path of the app. */
  location: string;
  authorization: { resourceRef: string };
  entityRef: string;
  /** `spec.type`. */
  componentType?: string;
  owners: string[];
  /** The id of its level, `none` below the first; absent: facts that decide are not known. */
  level?: string;
  levelTitle?: string;
  /** Of what its review finds and no annotation silences. */
  findingCodes: string[];
  /** Names of the models that it calls. */
  models: string[];
}
