/** Where the story is kept: in a folder of its own, so that no other sandbox is written over. */
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface StoryFolder {
  /** Absolute. */
  dataDir: string;
  /** Whether the story was lived to its end: then it is opened where it was left. */
  isLived: boolean;
  /** Says that it was. */
  markLived(): Promise<void>;
}

/**
 * Opens the story's folder within a data folder; what is left there of one that was broken off goes.
 *
 * @param isInUse whether another Bigplan runs on a data folder
 */
export async function openStoryFolder(
  within: string,
  isInUse: (dataDir: string) => Promise<boolean>,
): Promise<StoryFolder> {
  const dataDir = join(within, 'story');
  const mark = join(dataDir, 'lived');
  const isLived = await access(mark).then(
    () => true,
    () => false,
  );
  if (!isLived && !(await isInUse(dataDir))) await rm(dataDir, { recursive: true, force: true });
  return { dataDir, isLived, markLived: () => writeFile(mark, '') };
}
