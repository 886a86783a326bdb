import type { models as english } from '../../../screens/en/models';

export const models: Record<keyof typeof english, string> = {
  'models.tab': '模型',
  'models.body': '您可以查看的各项服务所使用的模型，以最近一次计算事实时为准。',
  'models.table': '使用中的模型',
  'models.services': '服务数',
  'models.show_one': '{{model}}：显示使用它的 {{count}} 个服务',
  'models.show_other': '{{model}}：显示使用它的 {{count}} 个服务',
  'models.slowestP95': '最慢服务的 p95',
  'models.price': '价格',
  'models.priced': '已知',
  'models.noPrice': '未知：未配置价格',
  'models.costUnknown': '费用未知',
  'models.service': '服务',
  'models.share': '请求占比',
  'models.versions': '版本',
  'models.usesOf': '使用 {{model}} 的服务',
  'models.trend': '最近一小时的每秒请求数',
  'models.trendNote': '各服务依次查看：任一服务没有数据的时刻显示为空缺。',
  'models.notKnown_one': '有 {{count}} 个服务使用哪些模型未知：',
  'models.notKnown_other': '有 {{count}} 个服务使用哪些模型未知：',
  'models.none': '您可以查看的服务均未报告模型',
  'models.noneNext':
    '服务的指标写明模型后，模型会显示在此处；服务的 SLO 页面说明读取哪些指标。',
};
