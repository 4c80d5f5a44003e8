# 民情：屏幕、页面、提示里的每一句话。键名不改意思；英文在 en.ftl，键相同。

## 走访目的
purpose-routine = 例行走访
purpose-follow-up = 回头看
purpose-survey = 意见征询
purpose-feedback = 上门反馈
purpose-care = 关心看望

## 走访结果
outcome-talked = 谈过了
outcome-nobody-in = 无人在家
outcome-refused = 不愿接待

## 事项类型
matter-kind-application = 办事
matter-kind-complaint = 投诉
matter-kind-help = 求助
matter-kind-suggestion = 建议
matter-kind-enquiry = 咨询

## 受理渠道
channel-platform = 构筑平台
channel-door = 走家入户
channel-liaison = 搭建桥梁
channel-call-centre = 民情通
channel-hall = 办事大厅

## 事项类别
category-safety = 治安
category-mediation = 邻里纠纷
category-utilities = 水电气暖
category-sanitation = 公共卫生
category-environment = 环境绿化
category-old-age-allowance = 高龄补助
category-culture = 文体活动
category-enlistment = 征兵
category-servicemen = 优抚
category-employment = 就业社保
category-care = 一老一小

## 影响到谁
affected-household = 只有这一户
affected-stairwell = 整个单元
affected-building = 整栋楼
affected-estate = 整个小区
affected-community = 整个社区

## 需要留意
need-lives-alone = 独居
need-hard-of-hearing = 耳背
need-poor-eyesight = 视力差
need-walks-badly = 行动不便
need-chronic-illness = 慢性病
need-pregnant = 孕产
need-infant = 婴幼儿

## 语言
language-mandarin = 普通话
language-lanzhou = 兰州话
language-hui = 回族话
language-tibetan = 藏语

## 事件
event-register = 登记
event-solve-on-spot = 当场办结
event-note = 内部备注

## 角色
role-resident = 居民
role-officer = 信息员
role-clerk = 窗口
role-lead = 社区负责人
role-department = 承办单位
role-supervisor = 街道督办员
role-delegate = 代表委员
role-administrator = 管理员
role-system = 系统

## 事项状态
matter-state-registered = 已登记
matter-state-feedback = 待反馈

## 未采纳的原因
refusal-already-registered = 这件事已经登记过了，没有重复登记。
refusal-overtaken = 别的同事先办了，您写的话都还在。请看最新情况，需要的话再发一次。
refusal-not-allowed = 按这件事现在的状态，不能这样办。您写的话都还在。
refusal-unknown-code = 办公室的系统还不认识这个选项，请更新应用后再发一次。
refusal-role = 这一步要由别的岗位来办。

## 记录的状态
state-draft = 草稿
state-ready = 待发送
state-sending = 发送中
state-received = 办公室已收到
state-applied = 已入库
state-needs-review = 待核对
state-refused = 未采纳
state-parked = 暂存待查
state-practice = 练习

## 隔离的原因
quarantine-malformed = 这条记录的格式坏了，原文已留在办公室待查。
quarantine-oversize = 这条记录太大，原文已留在办公室待查。
quarantine-foreign-actor = 这条记录不是这台手机写的，原文已留在办公室待查。
quarantine-out-of-scope = 这一户不在您的网格里，原文已留在办公室待查。
quarantine-dead-document = 这份资料已经停用，原文已留在办公室待查。
quarantine-signature = 这条记录的签名对不上，原文已留在办公室待查。

## 今天
today-visits = 今天走访 { $n } 户：{ $office } 户已到办公室
offline-normal = 离线（正常），有网络时会自动发送

## 错误：发生了什么，怎么办
error-area-malformed = 区划代码不对。请从列表里选。
error-area-mismatch = 网格和社区对不上。请重新选网格。
error-address-empty = 地址是空的。请至少填一项。
error-address-taken = 这个门牌已经登记过了。请打开那一户来修改。
error-text-empty = 这一项不能空着。请填写。
error-text-too-long = 这一项太长了。请写短一些，或分成两条。
error-text-control = 这一项里有看不见的控制字符。请删掉重写。
error-phone-malformed = 电话号码不对。只能写数字、空格和横线。
error-year-malformed = 出生年份不对。请写四位数的年份，或留空。
error-date-malformed = 日期不对。请写成 2026-09-21 这样。
error-code-unknown = 这个选项不认识。请从列表里选。
error-id-malformed = 编号不对。请从列表里重新打开。
error-list-too-long = 条数太多了。请分开登记。
error-edit-empty = 没有改动任何内容。
error-household-unknown = 这台手机上没有这一户。请先同步，或登记住户。
error-resident-unknown = 这一户没有这位居民。请刷新后再试。
error-visit-unknown = 这台手机上没有这次走访。请刷新后再试。
error-follow-up-unknown = 这台手机上没有这条跟进。请刷新后再试。
error-matter-unknown = 这台手机上没有这件事项。请刷新后再试。
error-change-too-large = 一次改动太大了。请分几次保存。
error-frame-malformed = 收到的数据读不懂。什么都没有丢，稍后会再试。
error-frame-too-large = 收到的数据太大。什么都没有丢，稍后会再试。
error-document-malformed = 这份资料读不出来。原文保留着，请联系办公室。
error-item-too-large = 这条记录太大。请缩短后再保存。
error-device-not-enrolled = 这台手机还没有登记。请扫办公室给的登记码。
error-device-enrolled = 这台手机已经登记过了。
error-enrolment-malformed = 登记的回答读不懂。请再扫一次登记码。
error-exchange-not-running = 没有正在进行的同步。
error-exchange-running = 上一次同步还没有结束。
error-history-changed = 办公室的系统从备份恢复过。您的记录都在手机里，请联系办公室。
error-key-malformed = 手机的密钥不对。请联系办公室。
error-token-malformed = 通行证读不懂。请稍后再试。
error-store-failed = 手机存不下这条记录。请看看存储空间，然后再试。
error-store-newer = 这份数据是更新版本的应用写的。请更新应用。
