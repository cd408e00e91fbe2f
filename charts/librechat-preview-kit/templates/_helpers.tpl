{{- define "kit.name" -}}
{{- printf "%s-relay" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "kit.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "kit.labels" -}}
{{ include "kit.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* *.example.com of preview.example.com: the only wildcard that covers <id>-preview.example.com. */}}
{{- define "kit.wildcard" -}}
{{- printf "*.%s" (.Values.hostname | splitList "." | rest | join ".") -}}
{{- end -}}

{{- define "kit.tlsSecret" -}}
{{- .Values.ingress.tlsSecret | default (printf "%s-tls" (include "kit.name" .)) -}}
{{- end -}}

{{- define "kit.claim" -}}
{{- .Values.store.existingClaim | default (printf "%s-store" (include "kit.name" .)) -}}
{{- end -}}

{{/* Whether published pages are kept in SQLite: one process writes it, on a disk that is its own. */}}
{{- define "kit.sqlite" -}}
{{- if and (ne (toString .Values.settings.SHARES) "off") (not .Values.secrets.database) (not .Values.settings.DATABASE_URL) -}}true{{- end -}}
{{- end -}}

{{/* What the schema cannot say. */}}
{{- define "kit.check" -}}
{{- $copies := ternary (int .Values.autoscaling.maxReplicas) (int .Values.replicas) .Values.autoscaling.enabled -}}
{{- if and (eq .Values.store.accessMode "ReadWriteOnce") (gt $copies 1) -}}
{{- fail "store.accessMode ReadWriteOnce serves one replica: set replicas to 1 and autoscaling.enabled to false, or use ReadWriteMany storage." -}}
{{- end -}}
{{- if and (include "kit.sqlite" .) (gt $copies 1) -}}
{{- fail "Published pages are kept in SQLite, which serves one replica: set secrets.database to a Secret with the key DATABASE_URL (PostgreSQL), or replicas to 1 and autoscaling.enabled to false, or settings.SHARES to off." -}}
{{- end -}}
{{- if and .Values.certificate.enabled (not .Values.certificate.issuer.name) -}}
{{- fail "certificate.issuer.name is empty: name an issuer of cert-manager that solves DNS-01 challenges, or set certificate.enabled to false and ingress.tlsSecret." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.certificate.enabled) (not .Values.ingress.tlsSecret) -}}
{{- fail "ingress.tlsSecret is empty and certificate.enabled is false: previews need TLS for the wildcard." -}}
{{- end -}}
{{- end -}}
