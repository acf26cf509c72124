"""Error pages say what happened and what to do, in the reader's language."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("400", "这个请求读不懂"),
        ("403", "你的角色不能做这一步"),
        ("403_csrf", "这张表单过期了"),
        ("404", "这里没有你要的页面"),
        ("429", "试得太多了，先停一停"),
        ("500", "服务器出错了，不是你的问题"),
    ],
)
def test_error_page_needs_no_request(name, what):
    text = render_to_string(f"{name}.html")

    assert f"<h1>{what}</h1>" in text
    assert 'href="/"' in text


@pytest.mark.django_db
def test_unknown_address_gets_the_page_and_404(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "这里没有你要的页面" in response.content.decode()


@pytest.mark.django_db
def test_components_page_shows_every_state_with_its_word(client):
    text = client.get("/components/").content.decode()

    for word in ("未定", "实时（非最终）", "封榜", "公示中", "最终", "断线，可能过时"):
        assert word in text
