// The strip under the panel: how the preview is doing and what it cost.
import { type ClientVersion, clientVersions } from './clients.ts';
import type { Metrics } from './metrics.ts';
import { isBusy, measurePhases, type Run } from './run.ts';
import { statusText } from './status-text.ts';

interface StatusStripProps {
  run: Run;
  metrics: Metrics | null;
  client: ClientVersion;
  onClient: (version: ClientVersion) => void;
}

const none = '—';

export function StatusStrip({ run, metrics, client, onClient }: StatusStripProps) {
  const origin = metrics?.origin ?? run.origin;
  return (
    <section className="strip" aria-label="Preview status" data-status={run.status}>
      <PhaseBar run={run} />
      <dl className="strip-cells">
        <div className="cell is-status">
          <dt>Status</dt>
          <dd>
            <span className="dot" />
            <span role="status">{statusText[run.status]}</span>
          </dd>
        </div>
        <div className="cell">
          <dt>Time to render</dt>
          <dd data-testid="render-ms">
            {run.renderMs === null ? none : `${run.renderMs.toLocaleString('en')} ms`}
          </dd>
        </div>
        <div className="cell">
          <dt>Requests</dt>
          <dd data-testid="requests">{metrics ? metrics.requests.toLocaleString('en') : none}</dd>
        </div>
        <div className="cell">
          <dt>Transferred</dt>
          <dd data-testid="bytes">{metrics ? formatBytes(metrics.bytes) : none}</dd>
        </div>
        <div className="cell is-origin">
          <dt>Origin</dt>
          <dd data-testid="origin" title={origin ?? undefined}>
            {origin ? new URL(origin).host : none}
          </dd>
        </div>
        <div className="cell is-client">
          <dt>
            <label htmlFor="client">Sandpack client</label>
          </dt>
          <dd>
            <select
              id="client"
              value={client}
              onChange={(event) => onClient(event.target.value as ClientVersion)}
            >
              {clientVersions.map((version) => (
                <option key={version} value={version}>
                  {version}
                </option>
              ))}
            </select>
          </dd>
        </div>
      </dl>
      {run.error && run.status === 'error' && (
        <p className="strip-error" role="alert">
          {run.error.split('\n', 1)[0]}
        </p>
      )}
    </section>
  );
}

/** Where the time went: one segment a phase, as wide as its share. */
function PhaseBar({ run }: { run: Run }) {
  const segments = measurePhases(run.phases);
  const text = segments.map(({ status, ms }) => `${statusText[status]} ${ms} ms`).join(', ');
  return (
    <div className="phases" role="img" aria-label={text ? `Where the time went: ${text}` : 'No preview yet'}>
      {segments.map(({ status, ms, startedAt }) => (
        <span
          key={startedAt}
          className={`phase is-${status}`}
          style={{ flexGrow: Math.max(ms, 1) }}
          title={`${statusText[status]}: ${ms} ms`}
        />
      ))}
      {isBusy(run.status) && <span className="phase is-running" />}
    </div>
  );
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
