import type { states as english } from '../../../screens/en/states';

export const states: Record<keyof typeof english, string> = {
  'state.sample': '应写入的内容',
  'state.retry': '重试',
  'state.said': '后端的回答：{{message}}',
  'state.empty.title': '按注解在网格中没有找到任何对象',
  'state.empty.body':
    '实体通过 {{annotation}} 说明自己的位置：{{value}}。搜索过程如下：',
  'state.empty.cluster': '集群',
  'state.empty.selector': '搜索条件',
  'state.empty.found': '结果',
  'state.empty.foundNothing': '无',
  'state.empty.next':
    '请将搜索条件与 Service 的标签对照（kubectl get services --show-labels），在实体的 catalog-info.yaml 中改正注解，或直接写出 Service：',
  'state.withheld.title': '注解所找到的不属于此实体',
  'state.withheld.body':
    '该实体通过 {{annotation}}: {{value}} 声称拥有它，而您无权查看其所有者的网格。Service 的运行者可以在 Service 或其命名空间上标注 ai-mesh.io/entity。已搜索的内容如下：',
  'state.tooMany.title': '短时间内请求过多',
  'state.tooMany.body':
    '门户限制每个人的请求数量。此页面会自动重试；如果一直如此，请关闭其他打开 AI Mesh 的标签页。',
  'state.badSettings.title': 'AI Mesh 的设置无法使用',
  'state.badSettings.body':
    '在门户维护者改正 app-config.yaml 中的 aiMesh 并重新启动门户之前，不会读取网格中的任何内容。',
  'state.badSettings.said': '错误所在',
  'state.forbidden.title': '您无权查看该实体的网格',
  'state.forbidden.body':
    '查看需要对 {{entity}} 拥有权限 {{permission}}。请联系维护门户权限策略的人员。',
  'state.forbidden.ofSystem':
    '系统的拓扑由其组件的拓扑组成，查看需要对这些组件拥有权限 {{permission}}。请联系维护门户权限策略的人员。',
  'state.sourceForbidden.title': '集群拒绝了门户的访问',
  'state.sourceForbidden.body':
    '门户的服务账号不能列出网格对象，因此无法查找该实体。请授予它读取权限；下面的来源说明了被拒绝的内容。',
  'state.unreachable.title': '没有集群应答',
  'state.unreachable.body':
    '没有集群应答，因此无法查找该实体，它可能仍然存在。本页会自动重试。',
  'state.backendUnreachable.title': 'AI Mesh 后端没有应答',
  'state.backendUnreachable.body':
    '无法连接门户后端，或后端出错。本页会自动重试；如果一直如此，请查看后端日志。',
  'state.backendMissing.title': '没有安装 AI Mesh 后端',
  'state.backendMissing.body':
    '门户后端没有名为“ai-mesh”的插件。请在 packages/backend/src/index.ts 中添加：',
  'state.entityMissing.title': '后端不认识该实体',
  'state.entityMissing.body':
    '软件目录中没有您可以查看的 {{entity}}，它可能已被删除或改名。',
  'state.noComponents.title': '该系统没有组件在网格中',
  'state.noComponents.body':
    '软件目录中有 {{entity}}，但在您可以查看的组件中，没有一个说明自己在网格中的位置。请在组件的 catalog-info.yaml 中写明所属系统和服务：',
  'state.badAnnotation.title': '无法理解该请求',
  'state.badAnnotation.body': '实体的注解或地址中的参数格式不正确。',
  'state.signedOut.title': '您已退出登录',
  'state.signedOut.body': '会话已结束，请重新加载页面并登录。',
  'state.codeMissing.title': '页面的这一部分无法加载',
  'state.codeMissing.body':
    '打开此页面之后门户可能已经更新，或者连接失败。请重试；若仍然如此，请重新加载页面。',
  'state.badAnswer.title': '无法理解后端的应答',
  'state.badAnswer.body':
    'AI Mesh 前端与后端的版本可能不同，请更新为同一版本。',
  'state.notConfigured.title': '没有配置集群',
  'state.notConfigured.body':
    'AI Mesh 还不知道任何集群。请在 app-config.yaml 中添加：',
};
