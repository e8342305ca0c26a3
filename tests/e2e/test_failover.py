"""Two replicas behind the proxy, one of which is killed in the moment in which stars are given."""

import os
import shutil

import pytest

from benchmarks import failover

pytestmark = pytest.mark.browser
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: apt install nginx-light).")
def test_stars_given_while_a_replica_is_killed_are_not_lost(chromium):
    with failover.stack() as up:
        up.wait_until_ready()
        for delay in (None, 0.05):
            replica, result = failover.killed(chromium, up, delay)
            assert result["lost"] == 0
            assert 0 < result["known_s"] < 15
            up.wait_for_restart(replica)
