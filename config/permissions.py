"""What the project's own pages let people do."""

from people.register import PUBLIC, Permission

PERMISSIONS = (
    Permission("config.health", (PUBLIC,), "看服务是否在运行、能否工作"),
    Permission("config.pages", (PUBLIC,), "换语言，看组件页"),
)
