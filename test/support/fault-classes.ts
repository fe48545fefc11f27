/**
 * What can go wrong or be sent wrongly, by class, and the test that shows what Bigplan does about it:
 * `npm run test:all` ends with this as a table.
 */

export interface FaultClass {
  /** What goes wrong. */
  name: string;
  /** What there is none of. */
  none: 'lost' | 'twice' | 'let in' | 'unheard';
  file: string;
  /** How the name of a test, or of what is around it, begins. */
  test: string;
}

type Row = readonly [name: string, none: FaultClass['none'], file: string, test: string];

/** The faults and bad inputs against which Bigplan was built. */
const FIRST: readonly Row[] = [
  ['Slack refuses a message for good', 'lost', 'db/outbox', 'for good, it is not asked again'],
  ['Slack says to wait (429)', 'lost', 'db/outbox', 'for now (429), everything waits'],
  ['Slack says to wait, and not how long', 'lost', 'db/outbox', 'for now without a time'],
  [
    'Slack has accepted, and its answer is lost',
    'twice',
    'db/outbox',
    'because %s, the message is',
  ],
  ['Slack answers 500, or HTML, or breaks off', 'twice', 'db/outbox', 'by %s and it is not found'],
  ['nobody listens at Slack’s address', 'lost', 'db/outbox', 'because nobody listens at'],
  ['Slack is slow, and a form waits', 'unheard', 'long/opening', 'what is slow, behind'],
  ['a trigger is too old', 'unheard', 'long/opening', 'a trigger that was too old'],
  ['a view is changed behind somebody’s back', 'lost', 'long/opening', 'a view that is changed'],
  [
    'a message is gone that was to be changed',
    'unheard',
    'db/outbox-refresh',
    'because the message is gone',
  ],
  ['changes come together, or out of order', 'lost', 'db/outbox-refresh', 'many changes'],
  [
    'Slack sends an event again',
    'twice',
    'slack/ground-requests',
    'counts an event that Slack sends',
  ],
  ['killed around a message', 'twice', 'db/outbox', 'where the sender dies'],
  ['killed between any two steps of a form', 'lost', 'long/killed', 'killed between any two steps'],
  [
    'killed between commit and answer',
    'twice',
    'long/submitted-twice',
    'again after a kill between',
  ],
  ['several processes at the same minute', 'twice', 'long/tick', '%i processes'],
  ['a process too busy to tick', 'lost', 'long/tick', 'in which the process was too busy'],
  ['asked to end in the middle of work', 'lost', 'long/ground-start', 'at SIGTERM finishes'],
  ['the folder or the port is taken', 'let in', 'long/ground-start', 'is refused where its folder'],
  ['the database is away', 'lost', 'slack/every-minute', 'where the database was away'],
  ['a deadlock, or a write in between', 'lost', 'db/transaction', 'runs again as the victim'],
  ['a transaction is rolled back', 'lost', 'db/outbox', 'is nothing where its transaction'],
  ['a migration fails', 'lost', 'db/migrations', 'leave nothing behind when one fails'],
  [
    'the embedded database is killed',
    'lost',
    'long/embedded',
    'recovers after everything was killed',
  ],
  ['the clock is set ahead and back', 'twice', 'long/tick', 'that jumps ahead an hour and back'],
  ['time passes while nobody runs', 'lost', 'long/tick', 'that passed while nobody ran'],
  ['a bug in whatever was asked for', 'unheard', 'slack/ground-errors', 'a bug'],
  ['submitted or pressed twice', 'twice', 'long/submitted-twice', 'twice at the same time'],
  ['two people change the same at once', 'lost', 'long/plan-two', 'two editors'],
  ['bodies that are no request', 'let in', 'slack/ground-requests', 'is refused where it is %s'],
  [
    'requests that lack what Slack always sends',
    'unheard',
    'slack/ground-requests',
    'is answered where it lacks',
  ],
  [
    'unsigned, old, from the future, too long',
    'let in',
    'slack/ground-requests',
    'must be signed with our',
  ],
  ['buttons and forms of a former version', 'unheard', 'long/former-version', 'every '],
  ['forged ids, values and metadata', 'let in', 'long/plan-two', 'forged'],
  ['numbers, dates and texts nobody can read', 'lost', 'unit/input/schemas', 'the fields'],
  [
    'Slack’s own markup in what people type',
    'let in',
    'unit/slack/text',
    'leaves nothing that Slack reads',
  ],
];

/** What came after them: a line each of what a security review and an operator asked for. */
const SINCE: readonly Row[] = [
  ['the token is refused', 'lost', 'long/outbox-refused', 'where Slack refuses the token'],
  ['clicks while the token is refused', 'unheard', 'long/token-refused', 'who clicks meanwhile'],
  [
    '40 messages due while it is refused',
    'lost',
    'long/token-refused',
    '40 check-ins that fall due',
  ],
  [
    'Socket Mode: refreshes and closes under load',
    'unheard',
    'long/socket-renewal',
    'hears every command once',
  ],
  [
    'Socket Mode: refused, no hello, no pong',
    'unheard',
    'long/socket-renewal',
    'tries again where the token',
  ],
  [
    'a message that may not have arrived',
    'lost',
    'long/may-not-have',
    'a proposal that Slack answered',
  ],
  [
    'a signed request comes again',
    'twice',
    'slack/ground-requests',
    'acts once where it comes again',
  ],
  [
    '… at another process, or after a restart',
    'twice',
    'slack/ground-replicas',
    'a signed request acts once, at whichever',
  ],
  [
    'a restart of one replica after the other',
    'unheard',
    'slack/ground-replicas',
    'a restart of one after the other',
  ],
  [
    'a database that hangs over a form',
    'lost',
    'slack/ground-database',
    'that hangs answers a form',
  ],
  ['200 at once, also beside a slow Slack', 'unheard', 'long/admission', 'are each answered and'],
  ['a database that stands still, and triggers', 'unheard', 'long/admission', 'a database that'],
  ['a stop while people wait for their turn', 'unheard', 'long/admission', 'a stop doesn’t wait'],
  ['the database is away for 45 seconds', 'lost', 'long/database-trouble', 'away for 45 seconds'],
  ['rows are locked over a click and a tick', 'lost', 'long/database-trouble', 'locked'],
  ['the database’s disk is full', 'twice', 'long/database-trouble', 'reads answer, forms keep'],
  ['the database’s connections are cut', 'twice', 'long/database-trouble', 'all connections are'],
  ['the database is restarted under load', 'lost', 'long/database-trouble', 'its server is'],
  [
    'each kind of request while the token is refused',
    'unheard',
    'long/token-refused',
    'a form: it is',
  ],
  ['every kind of request, spoiled', 'unheard', 'long/fuzz', '%s: all is answered'],
  [
    'a request ten thousand levels deep',
    'unheard',
    'slack/ground-requests',
    'is refused at once where %s',
  ],
  [
    'two processes, 20 kills, a Slack in trouble',
    'twice',
    'long/exactly-once',
    'is one message at most for each',
  ],
  [
    '… over the threads of reviews',
    'lost',
    'long/exactly-once-reviews',
    'is one message at most, after',
  ],
  [
    'the word that something is missing, lost too',
    'unheard',
    'long/may-not-have',
    'a word about it that',
  ],
  ['a key is missing, lost or another one', 'let in', 'long/keys', 'a start'],
  ['a change of keys, broken off or beside use', 'lost', 'long/keys', 'a change of keys'],
  [
    'a workspace that hasn’t installed Bigplan',
    'let in',
    'slack/workspaces',
    'with the right signature',
  ],
  ['people of another company', 'let in', 'slack/workspaces', 'a %s is not heard'],
  ['the token of another workspace', 'let in', 'slack/workspaces', 'the token of another one'],
  ['uninstalled, revoked, installed again', 'lost', 'slack/workspaces', 'uninstalled'],
  ['a token that two processes renew at once', 'twice', 'slack/workspaces', 'is exchanged once'],
  [
    'a query that forgets its workspace',
    'let in',
    'db/workspace-walls',
    'a filter that was forgot',
  ],
  ['every form, in the name of each role', 'let in', 'long/submitted-twice', 'in the name of'],
  [
    'roles lost between opening and submitting',
    'let in',
    'long/submitted-twice',
    'after its opener',
  ],
  ['guests and people of other companies', 'let in', 'long/people-set-up', 'nor is a guest'],
  ['somebody sets it up who is no admin', 'let in', 'long/people-set-up', 'goes to their plan'],
  [
    'somebody else’s button, pressed with what it carries',
    'let in',
    'long/pressed-by-others',
    'whom a button is for',
  ],
  [
    'somebody named in a sub-command by whoever may not, or who isn’t here',
    'let in',
    'long/named-by-others',
    '/bigplan %s',
  ],
  ['a team’s channel is shut', 'unheard', 'slack/team-channel', '%s, its manager hears once'],
  [
    'the brief’s channel, or where what goes well is told, is shut',
    'unheard',
    'slack/team-channel',
    'by event: told once to whoever chose it',
  ],
  [
    'a review whose channel is known to be shut',
    'twice',
    'long/review-thread',
    'has a review wait without a second word',
  ],
  ['one channel for several things is shut', 'twice', 'slack/team-channel', 'one channel for all'],
  [
    'a channel shut while nobody ran',
    'lost',
    'slack/team-channel',
    'is read within a day, told once',
  ],
  [
    'how somebody stands, looked at unnoted',
    'unheard',
    'slack/privacy-seen',
    'and everywhere else that a rep stands by name',
  ],
  [
    'who joined or left a team, unnoted',
    'unheard',
    'slack/privacy-seen',
    'holds who joined and left which team',
  ],
  ['what Slack told while nobody ran', 'lost', 'slack/people-left', 'is read within a day'],
  [
    'what somebody waits for doesn’t arrive, of each kind',
    'unheard',
    'long/awaited',
    'is told to whoever caused it',
  ],
  [
    'a renewed token that can’t be saved yet',
    'lost',
    'slack/workspaces',
    'is not lost where it can’t be saved',
  ],
  [
    'one process dies over a token that expires',
    'lost',
    'slack/workspaces',
    'is exchanged by the next process',
  ],
  [
    'two processes hear the same over Socket Mode',
    'twice',
    'long/socket-replicas',
    'an envelope that Slack gives to both',
  ],
  [
    'a command as the last connection closes',
    'lost',
    'long/socket-replicas',
    'what comes while a process stops',
  ],
  ['amounts and words in buttons and metadata', 'let in', 'slack/carried-ids', 'a button'],
];

const ofRow = ([name, none, file, test]: Row): FaultClass => ({
  name,
  none,
  file: `test/${file}.test.ts`,
  test,
});

export const FIRST_CLASSES = FIRST.map(ofRow);
export const FAULT_CLASSES = [...FIRST_CLASSES, ...SINCE.map(ofRow)];
