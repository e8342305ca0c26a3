"""deploy/check.py: it finds what is wrong with a site."""

from deploy import check


def test_a_site_that_serves_as_it_should(proxy, capsys):
    assert check.report(proxy.address, proxy.certificate, proxy.http) == 0
    assert "6 of 6 hold" in capsys.readouterr().out


def test_a_replica_that_is_down_is_found(proxy, capsys):
    proxy.b.die()
    assert check.report(proxy.address, proxy.certificate, proxy.http) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("FAILED")] == [
        "FAILED A WebSocket reaches the replica that the cookie names. (it is otherwise)"
    ]


def test_a_certificate_that_nobody_vouches_for_is_found(proxy, capsys):
    assert check.report(proxy.address, None, proxy.http) == 1
    assert "SSLError" in capsys.readouterr().out
