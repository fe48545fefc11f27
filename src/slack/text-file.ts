import type { WebClient } from '@slack/web-api';
import { UserError } from '../errors.ts';
import { isSlackCode } from './errors.ts';

/** 10,000 long lines; more is no list that a person made. */
const MAX_BYTES = 2_000_000;
/** A submission has to be answered within three seconds. */
const TIMEOUT_MS = 1_800;

/**
 * The text of a file that somebody dropped into a form.
 * @throws UserError where it is too large, is no text, or Slack doesn't hand it over in time.
 */
export async function readTextFile(client: WebClient, fileId: string): Promise<string> {
  const file = await find(client, fileId);
  const url = file?.url_private_download ?? file?.url_private;
  if (!url) throw new UserError('file_gone', 'That file can’t be opened. Drop it once more?');
  if ((file?.size ?? 0) > MAX_BYTES) throw tooLarge();
  const bytes = await download(url, client.token ?? '');
  if (bytes.byteLength > MAX_BYTES) throw tooLarge();
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      'not_text',
      'That file isn’t text: save the sheet as CSV (UTF-8) and drop that.',
    );
  }
}

/** Null where Slack doesn't know it (any more). */
async function find(client: WebClient, fileId: string) {
  try {
    return (await client.files.info({ file: fileId })).file ?? null;
  } catch (error) {
    if (isSlackCode(error, 'file_not_found', 'file_deleted')) return null;
    throw error;
  }
}

async function download(url: string, token: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`Slack answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new UserError(
      'file_unread',
      'Slack didn’t hand the file over in time. Submit once more?',
    );
  }
}

/** Excel writes UTF-16 with a mark where it is asked for “Unicode text”. */
function encodingOf([first, second]: Uint8Array): string {
  return first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
}

function tooLarge(): UserError {
  return new UserError(
    'file_too_large',
    'That file is over 2 MB. Split it, and drop the parts one by one.',
  );
}
