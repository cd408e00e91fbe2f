# Reads Kubernetes objects as a JSON list and prints every field that Kubernetes' own API description does not know, and every
# value that it refuses. Kinds of others (cert-manager) are skipped.
import json
import sys

from kubernetes import client

kinds = {
    "apps/v1 Deployment": "V1Deployment",
    "v1 Service": "V1Service",
    "v1 PersistentVolumeClaim": "V1PersistentVolumeClaim",
    "networking.k8s.io/v1 Ingress": "V1Ingress",
    "networking.k8s.io/v1 NetworkPolicy": "V1NetworkPolicy",
    # This release of the client knows v2 under the name that it had before, with the same fields.
    "autoscaling/v2 HorizontalPodAutoscaler": "V2beta2HorizontalPodAutoscaler",
    "policy/v1 PodDisruptionBudget": "V1PodDisruptionBudget",
}
api = client.ApiClient()


class Answer:
    def __init__(self, data):
        self.data = json.dumps(data)


def lost(before, after, path):
    if isinstance(before, dict):
        for key, value in before.items():
            if not isinstance(after, dict) or key not in after:
                yield f"{path}.{key} is unknown"
            else:
                yield from lost(value, after[key], f"{path}.{key}")
    elif isinstance(before, list):
        for index, value in enumerate(before):
            yield from lost(value, after[index], f"{path}[{index}]")
    elif str(before) != str(after):
        yield f"{path} is {before!r} and would be read as {after!r}"


for item in json.load(sys.stdin):
    kind = f"{item['apiVersion']} {item['kind']}"
    if kind.startswith("cert-manager.io/"):
        continue
    try:
        known = api.deserialize(Answer(item), kinds[kind])
    except (KeyError, ValueError) as error:
        print(f"{kind}: {error}")
        continue
    for fault in lost(item, api.sanitize_for_serialization(known), kind):
        print(fault)
