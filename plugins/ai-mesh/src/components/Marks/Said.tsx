import { inLanguage, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../translation';

/** What the backend says, in the reader's language where it has words for it, else as it stands. */
export function Said(props: {
  of: { message: string; words?: readonly Words[] };
}) {
  const { message, words = [] } = props.of;
  const { language } = useAiMeshTranslation();
  if (language.startsWith('en')) {
    return <>{message}</>;
  }
  const text = words.length > 0 ? inLanguage(words, language) : undefined;
  return text === undefined ? (
    // For screen readers to pronounce, and browsers to translate.
    <span lang="en">{message}</span>
  ) : (
    <>{text}</>
  );
}
