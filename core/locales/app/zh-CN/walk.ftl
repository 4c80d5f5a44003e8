## 楼道
no-doors = 还没有住户
no-doors-more = 连上办公室以后，您网格里的门会在这里。
floor = { $n } 层

## 告知
tell-hint = 一条一条念，说完一条点一下
tick-told = 说完了点这里
told = 已告知
told-of = 好了，{ $of } 条说了 { $n } 条
news-matter = 事情有了新进展
news-more-time = 延了期
news-notice = 通知

## 查
search-label = 名字、门牌、电话、拼音首字母
search-hint = 两个字就行，例如 王秀 或 wx
search-again = 再查
found = 查到 { $n } 条
found-nothing = 没有查到
found-nothing-more = 换个说法试试：名字里的两个字，或者拼音首字母。

## 通知
notices-lead = 到门口念给居民听，在那一户点“已告知”。
no-notices = 今天没有要念的通知。
notices-of = 通知 { $n } 条
until = 到 { $day } 为止
read-out = 看完了

## 路线
round-by-office = 办公室排的路线
round-by-phone = 手机自己排的路线
round-stale = 约定有变，请重新排一下。
bring = 要带的
left-out = 今天来不及的
ring-up = 已约好，请打电话改时间
another-way = 换个走法
replan = 重新排，近的先走
replan-more = 从您现在的地方排起
promised-time = 和居民说好的时间
walk = 走过去 { $n } 分钟
why-no-officer = 没有合适的人
why-no-window = 那时不方便上门
why-too-many = 今天门太多
why-no-time = 时间不够
## 照纸补记
paper-round = 照纸补记
paper-round-row = 没带手机、手机没电时走的，照打印的单子补上
paper-round-more = 一行一行补：先拍这一行的二维码
paper-row = 单子上的一行
paper-scan = 拍这一行的二维码
paper-read = 二维码已读
paper-scan-anew = 点一下重拍
paper-first = 请先拍这一行的二维码
