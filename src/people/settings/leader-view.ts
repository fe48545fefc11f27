import { section } from '../../slack/blocks.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';

/** To a new leader: what they will get. `namedBy`: a user id; null where they named themselves. */
export function leaderMessage(namedBy: string | null): Message {
  const what =
    namedBy === null
      ? mrkdwn`*You lead in Bigplan now.*`
      : mrkdwn`*You lead in Bigplan now:* ${mention(namedBy)} named you.`;
  return message(what, [
    section(what),
    section(
      lines(
        mrkdwn`*What comes to you:* what gets in the way, once three reps or a third of a team name the same thing. One message a month and cause, in their words, with a name only where somebody agreed.`,
        mrkdwn`*What never comes:* anybody’s income goal or pay, or a score of a person.`,
        mrkdwn`*What you can open:* \`/bigplan status\` shows the teams, \`/bigplan review causes\` the counts.`,
      ),
    ),
  ]);
}
