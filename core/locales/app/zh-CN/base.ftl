# 信息员的手机应用：各个屏幕共用的话。英文在 en 里，文件和键相同。代码、时间、门牌的说法在 core 的词表里。
app-name = 民情
back = 返回
on = 开
off = 关
chosen = 已选
undo = 撤销
save = 存好
next-step = 下一步
comma = ，
who-what =
    { $who }
    { $what }
count-of = { $what } { $n }
who-age = { $name }，{ $age } 岁
by-me = 我
by-colleague = 同事
practice-on = 练习模式：随便试，不会发给办公室
office-number = 12345

## 手机上办不到的
cannot-dial = 这部手机不能打电话。请记下号码，用别的电话打。
cannot-photograph = 没有打开相机。照片可以以后再补，先写字也行。
cannot-record = 没有录上音。请在手机设置里允许民情用麦克风，或者改用写字。
cannot-share = 没有能转交文件的应用。
cannot-message = 这部手机不能发短信。请打电话告诉。
cannot-read-qr = 照片里没有看清二维码。离近一点、亮一点再拍，或者把字打进来。

## 下面的四个按钮
tab-today = 今天
tab-stairwell = 楼道
tab-outbox = 待发送
tab-me = 我

## 期限
due-today = 今天到期
due-tomorrow = 明天到期
overdue = 过期 { $n } 天
days-left = 还有 { $n } 天

## 门
door-visited = 去过
door-due = 该去
door-feedback = 待告知
door-nobody = 没人
door-refused = 不愿谈
door-none = 没去过
