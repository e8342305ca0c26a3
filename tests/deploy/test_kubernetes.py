"""deploy/kubernetes, held against the schemas of Kubernetes, the project, and each other; no cluster is needed."""

import re
from pathlib import Path

import pytest

from tests.deploy.test_containers import COMPOSE, instructions

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "deploy/kubernetes").glob("*.yaml"))
OBJECTS = {thing["kind"]: thing for path in FILES for thing in yaml.safe_load_all(path.read_text())}
KINDS = {
    "Deployment", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "Service",
}  # fmt: skip
POD = OBJECTS["Deployment"]["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
LABELS = OBJECTS["Deployment"]["spec"]["template"]["metadata"]["labels"]
VERSIONS = ("1.34", "1.37")  # of Kubernetes: the oldest and the newest whose schemas are looked at


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_object_is_one_by_the_schema_of_kubernetes(path, version):
    validator = pytest.importorskip("kubernetes_validate", reason="run: pip install kubernetes-validate")
    for thing in yaml.safe_load_all(path.read_text()):
        validator.validate(thing, version, strict=True)


def test_a_wrong_object_is_found():
    validator = pytest.importorskip("kubernetes_validate", reason="run: pip install kubernetes-validate")
    wrong = OBJECTS["Service"] | {"spec": {"ports": [{"prot": 80}]}}
    with pytest.raises(validator.ValidationError):
        validator.validate(wrong, VERSIONS[0], strict=True)


def test_all_that_a_host_needs_is_there_under_one_name():
    assert set(OBJECTS) == KINDS
    assert {thing["metadata"]["name"] for thing in OBJECTS.values()} == {"reelrec"}


def test_all_of_them_mean_the_same_pods():
    selectors = [
        OBJECTS["Deployment"]["spec"]["selector"]["matchLabels"],
        OBJECTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        OBJECTS["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
        OBJECTS["Service"]["spec"]["selector"],
        POD["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
    ]
    assert all(selector == LABELS for selector in selectors)
    assert OBJECTS["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == "reelrec"
    assert "replicas" not in OBJECTS["Deployment"]["spec"]  # else each `kubectl apply` would undo the autoscaler


def test_ports_are_called_by_their_names_and_are_those_of_the_image():
    ports = {port["name"]: port["containerPort"] for port in CONTAINER["ports"]}
    assert [str(ports["http"])] == instructions("EXPOSE")
    (service,) = OBJECTS["Service"]["spec"]["ports"]
    (rule,) = OBJECTS["Ingress"]["spec"]["rules"]
    assert service["targetPort"] == "http"
    assert rule["http"]["paths"][0]["backend"]["service"]["port"]["name"] == service["name"]
    allowed = [way["ports"][0]["port"] for way in OBJECTS["NetworkPolicy"]["spec"]["ingress"]]
    assert allowed == list(ports)
    assert environment()["REELREC_METRICS"].endswith(f":{ports['metrics']}")
    annotations = OBJECTS["Deployment"]["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(ports["metrics"])


def environment() -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in CONTAINER["env"]}


def test_probes_ask_addresses_that_the_app_has_by_a_name_that_it_answers_to():
    routes = (ROOT / "reelrec/web/server.py").read_text()
    asked = {name: CONTAINER[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert asked["readiness"]["path"] in routes
    assert asked["liveness"]["path"] == asked["startup"]["path"] == "/_stcore/health"
    assert asked["liveness"]["path"] in " ".join(instructions("HEALTHCHECK"))
    for probe in asked.values():
        (header,) = probe["httpHeaders"]
        assert header["name"] == "Host"
        assert header["value"] in environment()["STREAMLIT_SERVER_ALLOWED_HOSTS"].split()


def test_the_host_is_one_everywhere():
    (rule,), (tls,) = OBJECTS["Ingress"]["spec"]["rules"], OBJECTS["Ingress"]["spec"]["tls"]
    assert [rule["host"]] == tls["hosts"]
    assert rule["host"] in environment()["STREAMLIT_SERVER_ALLOWED_HOSTS"].split()


def test_the_autoscaler_counts_what_the_app_says():
    metric, cpu = OBJECTS["HorizontalPodAutoscaler"]["spec"]["metrics"]
    name = metric["pods"]["metric"]["name"]
    assert f'GaugeMetricFamily("{name}"' in (ROOT / "reelrec/web/metrics.py").read_text()
    assert f"seriesQuery: '{name}{{" in (ROOT / "deploy/kubernetes/autoscaler.yaml").read_text()
    assert cpu["resource"]["name"] in CONTAINER["resources"]["requests"]  # a share of nothing is no number


def test_a_cookie_keeps_a_browser_with_its_pod_in_both_ways_to_say_so():
    nginx, traefik = OBJECTS["Ingress"]["metadata"]["annotations"], OBJECTS["Service"]["metadata"]["annotations"]
    said = {key.partition("/")[2]: value for key, value in (nginx | traefik).items()}
    assert said["affinity"] == "cookie"
    assert said["service.sticky.cookie"] == "true"
    assert said["session-cookie-name"] == said["service.sticky.cookie.name"] == "reelrec_replica"
    conf = (ROOT / "deploy/nginx.conf").read_text()
    assert f"proxy_read_timeout {said['proxy-read-timeout']}s" in conf
    assert f"client_max_body_size {said['proxy-body-size']}" in conf


def test_a_pod_may_do_no_more_than_a_container_of_compose():
    assert POD["securityContext"]["runAsNonRoot"]
    user, group = instructions("USER")[0].split(":")
    assert (POD["securityContext"]["runAsUser"], POD["securityContext"]["runAsGroup"]) == (int(user), int(group))
    own = CONTAINER["securityContext"]
    assert own == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert not POD["automountServiceAccountToken"]
    assert CONTAINER["resources"]["limits"]["memory"] == "1Gi"
    assert COMPOSE["services"]["a"]["mem_limit"] == "1g"


def test_what_is_written_goes_to_the_two_folders_that_may_be_written():
    mounted = {mount["mountPath"]: mount["name"] for mount in CONTAINER["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in POD["volumes"]}
    assert set(mounted) == {"/tmp", "/cache"}
    assert set(mounted.values()) == set(volumes)
    folder = volumes[mounted["/cache"]]["hostPath"]["path"]
    head = (ROOT / "deploy/kubernetes/deployment.yaml").read_text().splitlines()[:10]
    (prepared,) = [line for line in head if "install -d" in line]
    assert folder in prepared
    assert re.search(r"-o 10001 -g 10001 -m 700", prepared)


def test_no_secret_stands_in_the_files():
    for path in FILES:
        text = path.read_text()
        assert not re.search(r"(?m)^kind: Secret", text)
        assert not re.search(r"\b[0-9a-f]{32,}\b", text)
