import type { EmulatedSlack } from './emulated-slack.ts';
import type { UploadedFile } from './protocol.ts';
import type { Tokens } from './seed.ts';
import { app, directMessageId, type Person } from './team.ts';

/**
 * Uploads a file as a person, for a form's `file_input`. The app may download it with its own token.
 *
 * @returns the file as Slack describes it; undefined where the upload was refused.
 */
export async function uploadFile(
  { slack, tokens }: { slack: EmulatedSlack; tokens: Tokens },
  person: Person,
  name: string,
  content: Buffer<ArrayBuffer>,
): Promise<UploadedFile | undefined> {
  const token = tokens.people.get(person.id) ?? '';
  const { upload_url: url, file_id: id } = await slack.call(token, 'files.getUploadURLExternal', {
    filename: name,
    length: content.byteLength,
  });
  if (typeof url !== 'string' || typeof id !== 'string') return undefined;
  await fetch(url, { method: 'POST', body: content });
  const completed = await slack.call(token, 'files.completeUploadExternal', { files: [{ id }] });
  const row = slack.store.files.findOneBy('file_id', id);
  if (!completed.ok || !row) return undefined;
  // Slack lets an app see what was put into its form; the emulator goes by conversations.
  slack.store.files.update(row.id, { ims: [directMessageId(person.id, app.userId)] });
  const info = await slack.call(tokens.bot, 'files.info', { file: id });
  return info.ok ? (info.file as UploadedFile) : undefined;
}
