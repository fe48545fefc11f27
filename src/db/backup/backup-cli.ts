/** `npm run --silent backup -- FOLDER`: the database into a new folder, beside a running Bigplan or without one. */
import { join } from 'node:path';
import { StartError } from '../../errors.ts';
import { besideUrl } from '../beside.ts';
import { backUp } from './back-up.ts';

await besideUrl('backup', async (url, { encryptionKeys, dataDir }) => {
  const [folder, ...more] = process.argv.slice(2);
  if (!folder || folder.startsWith('-') || more.length > 0) {
    throw new StartError('Usage: npm run --silent backup -- FOLDER');
  }
  const { tables, keys } = await backUp(url, folder);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const place =
    encryptionKeys === null ? join(dataDir, 'encryption-keys') : 'BIGPLAN_ENCRYPTION_KEYS';
  process.stdout.write(
    `${rows} rows of ${tables.length} tables are in ${folder}\n` +
      `The keys (${keys.join(', ') || 'none yet'}) are not: keep what ${place} holds apart from it; what is encrypted can't be read without them.\n`,
  );
});
