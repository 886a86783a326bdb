import type { authorization as english } from '../../../screens/en/authorization';

export const authorization: Record<keyof typeof english, string> = {
  'security.authorization.title': '授权',
  'security.authorization.otherwise': '其他请求：{{verdict}}',
  'security.authorization.noPolicies':
    '没有适用的 AuthorizationPolicy：能访问到该服务的任何人都可以调用。',
  'security.verdict.allowed': '允许',
  'security.verdict.denied': '拒绝',
  'security.verdict.differs': '不一致',
  'security.verdict.unknown': '未知',
  'security.because.no-policy': '没有适用的 ALLOW 策略，也没有策略拒绝它。',
  'security.because.allow-rule': '该规则允许它：',
  'security.because.deny-rule': '该规则拒绝它：',
  'security.because.no-rule-matched': '存在 ALLOW 策略，但没有规则匹配。',
  'security.because.not-enforced': '那里没有执行策略的代理。',
  'security.because.no-effect': '本应拒绝调用方的策略在此不起作用。',
  'security.because.external': '由外部授权服务决定：',
  'security.because.undecidable': '在此无法判断。',
  'security.because.unreadable': '无法读取策略。',
  'security.policies.title': '适用的策略，按询问顺序',
  'security.policies.policy': '策略',
  'security.policies.action': '动作',
  'security.policies.scope': '适用依据',
  'security.policies.rules': '规则',
  'security.policies.dryRun': '试运行：不起决定作用',
  'security.policies.effect.none': '不起作用',
  'security.policies.effect.altered': '部分与所写不符',
  'security.policies.scope.mesh': '根命名空间：整个网格',
  'security.policies.scope.namespace': '所在命名空间',
  'security.policies.scope.workload': '选择器',
  'security.policies.scope.target': '目标引用',
  'security.ineffective.title': '与所写不符之处',
  'security.ineffective.ztunnel-action':
    '不起作用：ztunnel 不支持 CUSTOM 和 AUDIT，只有 waypoint 能够执行它。',
  'security.ineffective.ztunnel-deny':
    '不起作用：它要求 {{fields}}，而 ztunnel 看不到这些，去掉之后没有任何连接能匹配。只有 waypoint 能够执行它。',
  'security.ineffective.ztunnel-deny-wider':
    '它拒绝的比所写的多：它要求 {{fields}}，而 ztunnel 看不到这些，会将其忽略。',
  'security.ineffective.ztunnel-allow':
    '它不允许任何人：它要求 {{fields}}，而 ztunnel 看不到这些。',
  'security.ineffective.ztunnel-allow-wider':
    '取决于 Istio 的版本，它允许的比所写的多，或不允许任何人：它要求 {{fields}}，而 ztunnel 看不到这些。',
  'security.ineffective.no-waypoint':
    '不起作用：该服务前没有 waypoint 来执行它。',
  'security.ineffective.other-namespace':
    '不起作用：策略只能从另一个命名空间作用于它所指向的对象。',
  'security.waypoint.serving':
    '请求经过 waypoint {{name}}，由它执行策略；对工作负载处的策略而言，调用方是该 waypoint。',
  'security.waypoint.missing':
    '标签要求使用 waypoint {{name}}，但它不存在：请求不经过任何 waypoint，其策略不起作用。',
  'security.waypoint.not-ready':
    '标签要求使用 waypoint {{name}}，但它还没有地址：请求不经过任何 waypoint，其策略不起作用。',
  'security.waypoint.elsewhere':
    '标签要求使用 waypoint {{name}}，但它不接收该服务的请求：请求不经过任何 waypoint，其策略不起作用。',
  'security.waypoint.unknown':
    '标签要求使用 waypoint {{name}}；它执行什么策略未知。',
  'security.matrix.title': '谁可以调用什么',
  'security.matrix.help':
    '行是观测到的调用方。指标不含路径：列是策略和路由所区分的请求。选择一个结果可查看原因。',
  'security.matrix.moreOperations_one':
    '规则中另有 {{count}} 种请求没有单独的列。',
  'security.matrix.moreOperations_other':
    '规则中另有 {{count}} 种请求没有单独的列。',
  'security.matrix.rest': '其他请求',
  'security.matrix.question': '{{caller}}：{{operation}}',
  'security.matrix.why': '原因：{{question}}',
  'security.matrix.unknown': '不知道谁在调用。{{reason}}',
  'security.mayCall.title': 'X 可以调用它吗？',
  'security.mayCall.caller': '调用方',
  'security.mayCall.caller.workload': '工作负载',
  'security.mayCall.caller.principal': '身份',
  'security.mayCall.caller.nobody': '明文调用方',
  'security.mayCall.workload': '命名空间/工作负载',
  'security.mayCall.principal': '身份标识',
  'security.mayCall.method': '方法',
  'security.mayCall.path': '路径',
  'security.mayCall.port': '工作负载端口',
  'security.mayCall.host': '主机',
  'security.mayCall.ip': '调用方地址',
  'security.mayCall.headers': '请求头，每行一个',
  'security.mayCall.ask': '查询',
  'security.mayCall.more': '更多条件',
  'security.mayCall.less': '更少条件',
  'security.mayCall.asked': '{{caller}} 的调用身份：',
  'security.mayCall.noIdentity': '无：没有身份',
  'security.denied.title': '最近被拒绝（403）',
  'security.denied.none': '没有人收到 403。',
  'security.denied.unknown': '不知道谁被拒绝。{{reason}}',
  'security.denied.count': '被拒绝',
  'security.denied.last': '最近一次',
  'security.denied.by': '拒绝者',
  'security.denied.by.policy': 'AuthorizationPolicy',
  'security.denied.by.external': '外部授权服务',
  'security.denied.by.application': '应用自身',
  'security.denied.by.undecided': '无法判断',
  'security.unused.title': '没有调用方使用的规则',
  'security.unused.none': '该服务的每条规则都有可能适用的调用方。',
  'security.unused.unknown': '不知道哪些规则被使用。{{reason}}',
  'security.notEvaluated.title': '在此无法评估的内容',
};
