/**
 * A picture of Bigplan's own, put into Slack before a message shows it.
 * Source: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object and
 * https://docs.slack.dev/messaging/working-with-files
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIHTTPError, type WebClient } from '@slack/web-api';
import { truncate } from './truncate.ts';

export interface Picture {
  png: Buffer;
  filename: string;
  title: string;
  /** What it shows, in words. */
  alt: string;
}

/** With its delivery's lease in mind: see `aim` in src/jobs. */
const ALL_MS = 15_000;
const PROCESSED_MS = 8_000;
const FIRST_POLL_MS = 100;
const MAX_POLL_MS = 1_000;
/** Slack's length limit for a file's own words; those of the block that shows it may be longer. */
const ALT = 1_000;

/**
 * Uploads a PNG, which nobody but the app sees until a message of its shows it (see `image` in
 * slack/blocks.ts), and waits until Slack has looked through it: a message that shows it before that is
 * refused. Posts nothing, so whoever failed may try again, with a new upload.
 *
 * @returns Slack's file id.
 * @throws Slack's own errors; an Error where its file server refuses, or all of it takes over 15 s.
 */
export async function uploadImage(client: WebClient, picture: Picture): Promise<string> {
  const giveUp = new AbortController();
  const tooSlow = sleep(ALL_MS, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error('Slack took too long over a picture');
  });
  try {
    return await Promise.race([upload(client, picture), tooSlow]);
  } finally {
    tooSlow.catch(() => {});
    giveUp.abort();
  }
}

async function upload(client: WebClient, picture: Picture): Promise<string> {
  const id = await put(client, picture);
  const end = Date.now() + PROCESSED_MS;
  for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 2, MAX_POLL_MS)) {
    const { file } = await client.files.info({ file: id });
    // Slack says nothing else of being done with it.
    if (file?.mimetype) return id;
    if (Date.now() + pause > end) throw new Error('Slack is not done with a picture yet');
    await sleep(pause);
  }
}

/** Through files.getUploadURLExternal and files.completeUploadExternal, into no channel. */
async function put(client: WebClient, { png, filename, title, alt }: Picture): Promise<string> {
  const alt_text = truncate(alt, ALT);
  try {
    const { files } = await client.filesUploadV2({ file: png, filename, title, alt_text });
    const id = files[0]?.files?.[0]?.id;
    if (id === undefined) throw new Error('files.completeUploadExternal returned no id');
    return id;
  } catch (error) {
    // Such as an upload's address that is used up: another try gets a new one.
    if (error instanceof WebAPIHTTPError && error.statusCode < 500) {
      throw new Error('Slack’s file server refused a picture', { cause: error });
    }
    throw error;
  }
}
