/** A picture of Bigplan's own, put into Slack before a message shows it. */
import type { WebClient } from '@slack/web-api';

export interface Picture {
  png: Buffer;
  filename: string;
  title: string;
  /** What it shows, in words. */
  alt: string;
}

/**
 * Uploads a PNG, which nobody but the app sees until a message of its shows it (see `image` in
 * kit/blocks.ts), and waits until Slack is done with it.
 *
 * @returns Slack's file id.
 * @throws Slack's own errors, or an Error where the upload failed otherwise: nothing was posted.
 */
export async function uploadImage(client: WebClient, picture: Picture): Promise<string> {
  const { files } = await client.filesUploadV2({
    file: picture.png,
    filename: picture.filename,
    title: picture.title,
    alt_text: picture.alt,
  });
  const id = files[0]?.files?.[0]?.id;
  if (id === undefined) throw new Error('files.completeUploadExternal returned no id');
  return id;
}
