import type { FileInput } from '@slack/types';
import { useState } from 'react';
import { useSurroundings } from '../workspace.tsx';
import type { FieldProps } from './elements.ts';

/** Files are uploaded as soon as they are chosen, as in Slack. */
export function FileInputView({ element, state, ids, onChange }: FieldProps<FileInput>) {
  const { does, report } = useSurroundings();
  const [busy, setBusy] = useState(false);
  const { type, filetypes, max_files: most = 10 } = element;
  const files = state.files ?? [];

  const add = async (chosen: FileList | null) => {
    setBusy(true);
    const uploaded = await Promise.all([...(chosen ?? [])].map((file) => does.upload(file)));
    setBusy(false);
    const arrived = uploaded.filter((file) => file !== null);
    if (arrived.length < uploaded.length)
      report({ outcome: 'trouble', message: 'That file could not be uploaded.' });
    onChange({ type, files: [...files, ...arrived].slice(-most) });
  };
  return (
    <div className="file-input">
      <input
        id={ids?.field}
        type="file"
        multiple={most > 1}
        accept={filetypes?.map((one) => `.${one}`).join(',')}
        aria-describedby={ids?.describedBy}
        aria-invalid={ids?.invalid || undefined}
        aria-busy={busy}
        onChange={(event) => add(event.target.files)}
      />
      <ul>
        {files.map((file) => (
          <li key={file.id} className="chip">
            <span>{file.name}</span>
            <button
              type="button"
              aria-label={`Remove ${file.name}`}
              onClick={() => onChange({ type, files: files.filter((one) => one.id !== file.id) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
