## 今天
last-contact = { $when }连上过办公室。没有网络也照常用。
next-door = 去 { $door }
round-done = 今天走完了，看楼道
saved-as =
    { $door }
    已存好，{ $state }
whole-round = 看整条路线
look-up = 查一查
search = 查人、查门、查事
notices = 要念的通知
overdue-tasks = 过期的 { $n } 件
sync-waiting = 待发送 { $n } 项
ahead = 还要走 { $n } 户
tasks = 要办的 { $n } 件
behind = 走过的 { $n } 户
office-trouble = 有 { $n } 项要您看一下，在“待发送”里
clock-wrong = 手机的钟和办公室差 { $n } 分钟。请在手机设置里改成自动对时。
room-little = 手机快存满了。请删掉不用的照片和视频，不要卸载民情。

## 进门前
promised-here = 答应过
tick-promise = 办好了就点一下
agreed-here = 约好的时间
to-tell = 要告诉
things-to-tell = 有 { $n } 条要告诉
others-here = 家里还有
last-visits = 最近三次
knock = 敲门，记走访
go-on-draft = 接着填上次的草稿
was-moved = 居民或办公室改了时间，点一下表示知道了
to-be-confirmed = 等办公室确认
