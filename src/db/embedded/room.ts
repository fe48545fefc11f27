import { statfs } from 'node:fs/promises';

/** What PostgreSQL needs to go on for a while: a few segments of its log. */
const ENOUGH_BYTES = 200 * 1024 * 1024;

/** Whether the disk that holds a folder has room for so much more; false where the folder isn't there. */
export async function hasRoom(folder: string, bytes = ENOUGH_BYTES): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= bytes;
  } catch {
    return false;
  }
}
