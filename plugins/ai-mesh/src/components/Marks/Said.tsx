import { inLanguage, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { catalogueOf, useAiMeshTranslation } from '../../translation';

/** What the backend says, in the reader's language where it has words for it, else as it stands. */
export function Said(props: {
  of: { message: string; words?: readonly Words[] };
}) {
  const { message, words = [] } = props.of;
  const { language } = useAiMeshTranslation();
  if (language.startsWith('en')) {
    return <>{message}</>;
  }
  const catalogue = catalogueOf(language);
  const text =
    catalogue && words.length > 0
      ? inLanguage(words, catalogue.sentences)
      : undefined;
  return text === undefined ? (
    // For screen readers to pronounce, and browsers to translate.
    <span lang="en">{message}</span>
  ) : (
    <>{text}</>
  );
}
