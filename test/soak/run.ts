/**
 * `npm run soak`: thirty simulated days of 5,000 people, for hours; `-- --people 24 --days 5` shows in a minute that
 * it works. Ends with 1 and says what is wrong where memory grows, or a row has no end.
 */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    days: { type: 'string', default: '30' },
  },
});
process.env.SOAK_PEOPLE = values.people;
process.env.SOAK_DAYS = values.days;
const vitest = await startVitest('test', [], { project: ['soak'], watch: false });
await vitest.close();
