"""What the pages of people let people do."""

from people.register import PUBLIC, SIGNED_IN, Permission

PERMISSIONS = (
    Permission("people.sign_in", (PUBLIC,), "登录、选择语言"),
    Permission("people.me", (SIGNED_IN,), "看自己的账号、档案和任务，改密码和 PIN"),
)
