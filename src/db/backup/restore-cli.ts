/** `npm run --silent restore -- FOLDER`: a backup into an empty database, before Bigplan starts on it. */
import { StartError } from '../../errors.ts';
import { besideUrl } from '../beside.ts';
import { restoreBackup } from './restore.ts';

await besideUrl('restore', async (url) => {
  const [folder, ...more] = process.argv.slice(2);
  if (!folder || folder.startsWith('-') || more.length > 0) {
    throw new StartError('Usage: npm run --silent restore -- FOLDER');
  }
  const { manifest, migrated } = await restoreBackup(url, folder);
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const since = migrated.length === 0 ? '' : `, and ${migrated.length} migrations since`;
  process.stdout.write(
    `${rows} rows of ${manifest.madeAt} are in the database${since}\n` +
      `Start Bigplan with the keys ${manifest.keys.join(', ') || 'that you like: nothing is encrypted yet'}.\n`,
  );
});
