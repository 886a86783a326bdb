import type { titleTextsEn } from '../../../words/texts/titlesEn';

export const titleTextsZhCN: Record<keyof typeof titleTextsEn, string> = {
  'title.thumbs-down': '差评率',
  'title.evaluation-score': '评估得分',
  'title.cut-off': '被截断的回答',
  'title.guardrail-refusals': '被护栏拒绝的回答',
  'title.empty-answers': '空回答',
  'title.fallback-answers': '降级回答',
  'title.pool-queue': '推理池的队列',
  'title.pool-cache': '推理池的 KV 缓存',
  'title.cost-per-request': '每次请求的估算费用（{{currency}}）',
  'title.careful': '谨慎',
  'title.usual': '常规',
  'title.fast': '快速',
};
