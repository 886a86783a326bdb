import type { accessTextsEn } from '../../../words/texts/accessEn';

/** What is said of who may call what, in Simplified Chinese. */
export const accessTextsZhCN: Readonly<
  Record<keyof typeof accessTextsEn, string>
> = {
  'access.denies': '{{setting}}拒绝了它。',
  'access.allows': '{{setting}}允许了它。',
  'access.noRule': '{{policies}} 中没有规则允许它。',
  'access.external': '{{setting}}把它交给外部授权器决定。',
  'access.depends': '{{setting}}取决于{{what}}。',
  'access.itDepends': '它取决于{{what}}。',
  'access.unknownField':
    '{{setting}}是 AI Mesh 不认识的字段或条件，较新的 Istio 可能认识。',
  'access.unknownCondition':
    '{{setting}}要求 {{condition}}，这是 AI Mesh 不认识的字段或条件，较新的 Istio 可能认识。',
  'access.fieldUnknown': '{{setting}}是 AI Mesh 不认识的字段。',
  'access.noPolicy': '没有 ALLOW 策略适用，也没有策略拒绝它。',
  'access.policiesUnread': 'AuthorizationPolicy 无法读取。',
  'access.differ': '各工作负载的结果不同。',
  'access.ofWorkload': '{{workload}}：{{verdict}}。',
  'verdict.allowed': '允许',
  'verdict.denied': '拒绝',
  'verdict.differs': '不一致',
  'verdict.unknown': '未知',
  'access.notEnforced': '{{workload}} 的 Pod 没有代理，因此没有策略被执行。',
  'access.dependsOnWay':
    '这取决于调用是否经过 waypoint：经 ztunnel 的调用会经过，而经 sidecar 或网关的调用不会。',
  'access.pastWaypoint': '绕过它时：',
  'access.gatewayPasses':
    '来自网关的调用绕过 waypoint，那里的策略对它不起作用。',
  'access.sidecarPasses':
    '来自 sidecar 的调用绕过 waypoint，那里的策略对它不起作用。',
  'access.waypointUnknown': '不知道是否有 waypoint 执行策略。',
  'access.mixedPods':
    '{{workload}} 的 Pod 以不同方式加入网格，策略只对有代理的 Pod 起作用。',
  'access.unusedRule': '回溯期内没有它所针对的调用方。',
  'obstacle.external-authorizer': '外部授权器的答复',
  'obstacle.token': '请求令牌中的声明',
  'obstacle.address': '此处未知的地址或端口',
  'obstacle.header': '此处未知的请求内容',
  'obstacle.sni': '连接的服务器名称',
  'obstacle.filter-metadata': '代理中另一个过滤器写入的内容',
  'obstacle.trust-domain': '此处未知的调用方身份',
  'obstacle.istio-version':
    'Istio 的版本：对于要求信任域的规则，有的版本不交给 ztunnel，有的版本去掉信任域后执行',
  'obstacle.unknown-field': 'AI Mesh 不认识的字段或条件，较新的 Istio 可能认识',
  'obstacle.unreadable': '不符合 Istio 模式的字段',
  'ztunnel.needsWaypoint':
    '只有 waypoint，配合 targetRefs 指向它或该 Service 的策略，才能执行它。',
  'ztunnel.action': 'ztunnel 不支持动作 {{action}}：该策略在那里不起作用。',
  'ztunnel.allowsNobody':
    '它要求 {{fields}}，而 ztunnel 看不到：该规则不允许任何人。',
  'ztunnel.allowsMore':
    '它要求 {{fields}}，而 ztunnel 看不到：视版本而定，Istio 要么略去它们，使规则允许的比它写的更多，要么略去整条规则，使其不允许任何人。',
  'ztunnel.noEffect':
    '它要求 {{fields}}，而 ztunnel 看不到，没有它们就什么也匹配不了：该规则不起作用。',
  'ztunnel.deniesMore':
    '它要求 {{fields}}，而 ztunnel 看不到：该规则不顾它们而拒绝，比它写的更多。',
  'target.service':
    '策略只能从 Service 自己的命名空间作用于它：没有 Service {{home}}/{{name}}，而 {{namespace}}/{{name}} 不属于 {{home}}。',
  'target.waypoint':
    '策略只能从 waypoint 自己的命名空间 {{namespace}} 作用于它。',
  'target.outside': '它指向 {{namespace}}；策略无法作用于自己命名空间之外。',
  'target.class': '所有 waypoint 的类只能从根命名空间 {{namespace}} 作用。',
  'target.noWaypoint': '该 Service 前没有 waypoint，也没有别的东西执行它。',
  'target.noneAsked': '没有标签要求 waypoint。',
  'waypoint.serviceCounts':
    '命名空间要求 waypoint {{name}}；以 Service 自己的标签为准。',
  'waypoint.missing': '标签要求的 waypoint {{name}} 不存在。',
  'waypoint.otherClass':
    '标签要求的 waypoint {{name}} 是类 {{className}} 的 Gateway：不知道它执行什么。',
  'waypoint.notForServices':
    '标签要求的 waypoint {{name}} 不接受发往 Service 的请求：它的标签 {{label}} 为 {{takes}}。',
  'waypoint.notAdmitted':
    '标签要求的 waypoint {{name}} 不接纳命名空间 {{namespace}}：请查看其监听器的 allowedRoutes。',
  'waypoint.noAddress': '标签要求的 waypoint {{name}} 还没有地址。',
  'denied.external': '外部授权器拒绝了它。',
  'denied.proxySays': '它的代理说：{{details}}。',
  'denied.application': '策略允许它可能调用的一切：是应用自己答复了 403。',
  'denied.undecided':
    '它可能调用的内容有的被允许、有的没有；指标没有说明它调用了什么。',

  'assistant.signIn': '请先登录：这需要一个人或一个服务的身份。',
  'assistant.person':
    '{{action}} 需要一个人的令牌：{{plugin}} 以自己的名义请求，没有任何人的权限。程序请使用 AI Mesh 自己的 API 和外部访问令牌。',
  'assistant.oneOf': '请给出 {{names}} 之一。',
};
