// The dialog that publishes the open artifact, or shows it anew at the address that it has.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Artifact } from './librechat.ts';
import {
  keepPublishedName,
  type PublishAnswers,
  type PublishedPage,
  PublishRefused,
  publish,
  publishedName,
  update,
} from './publish.ts';

interface PublishDialogProps {
  sampleId: string;
  title: string;
  artifact: Artifact;
  onClose: () => void;
}

export function PublishDialog({ sampleId, title, artifact, onClose }: PublishDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [known, setKnown] = useState(publishedName(sampleId));
  const [page, setPage] = useState<PublishedPage | null>(null);
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  const run = async (work: () => Promise<PublishedPage>) => {
    setBusy(true);
    setFault('');
    try {
      const done = await work();
      keepPublishedName(sampleId, done.name);
      setPage(done);
    } catch (error) {
      if (!(error instanceof PublishRefused)) throw error;
      const isGone = known !== undefined && error.status === 404;
      if (isGone) {
        keepPublishedName(sampleId, undefined);
        setKnown(undefined);
      }
      setFault(isGone ? 'The page was deleted. Publish it as a new one.' : error.message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <dialog className="publish" ref={dialog} aria-label="Publish" onClose={onClose}>
      {page ? (
        <Published page={page} wasKnown={known === page.name} />
      ) : known === undefined ? (
        <PublishForm
          title={title}
          isBusy={isBusy}
          fault={fault}
          onPublish={(answers) => run(() => publish(artifact, answers))}
        />
      ) : (
        <div className="publish-form">
          <h2>Publish again</h2>
          <p>
            This artifact is published as <strong>{known}</strong>. An update shows at once, at the same
            address.
          </p>
          <p className="publish-fault" role="alert">
            {fault}
          </p>
          <div className="publish-end">
            <button type="button" className="text-button" onClick={() => setKnown(undefined)}>
              Publish as a new page
            </button>
            <button
              type="button"
              className="main-button"
              disabled={isBusy}
              onClick={() => run(() => update(artifact, known))}
            >
              {isBusy ? 'Updating …' : 'Update'}
            </button>
          </div>
        </div>
      )}
      <button
        type="button"
        className="publish-close"
        aria-label="Close"
        onClick={() => dialog.current?.close()}
      >
        ×
      </button>
    </dialog>
  );
}

interface PublishFormProps {
  title: string;
  isBusy: boolean;
  fault: string;
  onPublish: (answers: PublishAnswers) => void;
}

function PublishForm({ title, isBusy, fault, onPublish }: PublishFormProps) {
  const id = useId();
  const [visibility, setVisibility] = useState<PublishAnswers['visibility']>('private');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (field: string) => String(data.get(field) ?? '').trim();
    onPublish({
      title: text('title'),
      name: text('name'),
      visibility,
      password: text('password'),
      days: Number(text('days')),
    });
  };
  return (
    <form className="publish-form" onSubmit={submit}>
      <h2>Publish as a page</h2>
      <label htmlFor={`${id}-title`}>Title</label>
      <input id={`${id}-title`} name="title" required maxLength={200} defaultValue={title} />
      <label htmlFor={`${id}-name`}>Name in the address, if you like</label>
      <input id={`${id}-name`} name="name" maxLength={40} placeholder="q3-report" autoComplete="off" />
      <label htmlFor={`${id}-who`}>Who may see it</label>
      <select
        id={`${id}-who`}
        value={visibility}
        onChange={({ target }) => setVisibility(target.value as PublishAnswers['visibility'])}
      >
        <option value="private">Whoever has the link</option>
        <option value="public">Anybody</option>
        <option value="password">Whoever knows a password</option>
      </select>
      {visibility === 'password' && (
        <>
          <label htmlFor={`${id}-password`}>Password</label>
          <input
            id={`${id}-password`}
            name="password"
            type="password"
            required
            minLength={8}
            autoComplete="new-password"
          />
        </>
      )}
      <label htmlFor={`${id}-days`}>Days until it ends, if it is to end</label>
      <input id={`${id}-days`} name="days" type="number" min={1} max={3650} />
      <p className="publish-fault" role="alert">
        {fault}
      </p>
      <div className="publish-end">
        <button type="submit" className="main-button" disabled={isBusy}>
          {isBusy ? 'Publishing …' : 'Publish'}
        </button>
      </div>
    </form>
  );
}

function Published({ page, wasKnown }: { page: PublishedPage; wasKnown: boolean }) {
  const [picture, setPicture] = useState('');
  const [isCopied, setCopied] = useState(false);
  const hasLink = !(page.isPrivate && wasKnown);
  useEffect(() => {
    if (!hasLink) return;
    // The library is loaded by whoever publishes something.
    void import('qrcode').then(async ({ default: QRCode }) => {
      const svg = await QRCode.toString(page.link, { type: 'svg', margin: 1 });
      setPicture(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    });
  }, [page.link, hasLink]);
  return (
    <div className="publish-form">
      <h2>{wasKnown ? 'Updated' : 'Published'}</h2>
      {picture !== '' && <img className="publish-qr" src={picture} alt="QR code of the link" />}
      <div className="publish-link">
        <input readOnly aria-label="Link" value={page.link} onFocus={({ target }) => target.select()} />
        <button
          type="button"
          className="main-button"
          onClick={() =>
            navigator.clipboard.writeText(page.link).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <p>
        {page.isPrivate
          ? hasLink
            ? 'Whoever has this link can open the page. It is shown this once.'
            : 'The links that you gave still open it.'
          : 'The page is at this address.'}{' '}
        <a href="/pages" target="_blank" rel="noopener">
          All your pages
        </a>
      </p>
      <div className="publish-end">
        <a className="main-button" href={page.link} target="_blank" rel="noopener">
          Open
        </a>
      </div>
    </div>
  );
}
