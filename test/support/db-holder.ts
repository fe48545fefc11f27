/** Holds the embedded database of the folder in its first argument until it is killed or told to stop. */
import { startEmbedded } from '../../src/db/embedded.ts';
import { StartError } from '../../src/errors.ts';

try {
  const database = await startEmbedded({ dataDir: process.argv[2] ?? '' });
  const living = setInterval(() => {}, 60_000);
  process.on('SIGTERM', async () => {
    await database.stop();
    clearInterval(living);
  });
  database.lost.then(() => {
    console.log('lost');
    clearInterval(living);
  });
  console.log(`open ${database.url}`);
} catch (error) {
  console.log(error instanceof StartError ? `refused ${error.message}` : error);
  process.exitCode = 1;
}
