/** What a backup's folder holds: one file a table, as PostgreSQL's COPY writes it, and this manifest. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { StartError } from '../../errors.ts';

const MANIFEST = 'manifest.json';
const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/);

const BackedUpTable = z.object({
  name: Name,
  columns: z.array(Name),
  rows: z.number().int().min(0),
  /** Of the file, in hexadecimal. */
  sha256: z.string(),
});
export type BackedUpTable = z.infer<typeof BackedUpTable>;

const Manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** What the schema was made by, in order. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(BackedUpTable),
  /** The names of the keys that encrypted what is in it; never the keys. */
  keys: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export const manifestPath = (folder: string): string => join(folder, MANIFEST);
export const tablePath = (folder: string, { name }: { name: string }): string =>
  join(folder, `${name}.copy`);

/**
 * Reads a backup's manifest and looks whether every file is as it was written.
 *
 * @throws StartError with what isn't as it should be.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestPath(folder), 'utf8').catch(() => null);
  if (text === null)
    throw new StartError(`${folder} holds no whole backup: ${MANIFEST} is missing`);
  const parsed = Manifest.safeParse(parse(text));
  if (!parsed.success) throw new StartError(`${folder}: ${MANIFEST} isn't one of this Bigplan's`);
  for (const table of parsed.data.tables) {
    const isWhole = (await sha256Of(tablePath(folder, table))) === table.sha256;
    if (!isWhole) throw new StartError(`${folder}: ${table.name}.copy isn't as it was written`);
  }
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function sha256Of(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return null;
  }
  return hash.digest('hex');
}
