"""What this app lets people do; docs/permissions.md prints it."""

from people.register import PUBLIC, SIGNED_IN, Permission

PERMISSIONS = (
    Permission("live.home", (PUBLIC,), "看首页：正在进行的竞赛、看板、公示"),
    Permission("live.watch_board", (PUBLIC,), "看公众看板（其他视角另行核对身份）"),
    Permission(
        "live.judge_socket",
        (SIGNED_IN,),
        "平板接收“评分表有变化”的提示，只收本人有任务的赛项",
    ),
)
