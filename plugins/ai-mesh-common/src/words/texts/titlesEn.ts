/** What the gates and plans are called that come with the plugin. */
export const titleTextsEn = {
  'title.thumbs-down': 'Thumbs down',
  'title.evaluation-score': 'Evaluation score',
  'title.cut-off': 'Answers cut off',
  'title.guardrail-refusals': 'Refused by a guardrail',
  'title.empty-answers': 'Empty answers',
  'title.fallback-answers': 'Fallback answers',
  'title.pool-queue': 'Queue of the inference pool',
  'title.pool-cache': 'KV cache of the inference pool',
  'title.cost-per-request': 'Estimated cost of a request, {{currency}}',
  'title.careful': 'Careful',
  'title.usual': 'Usual',
  'title.fast': 'Fast',
};
