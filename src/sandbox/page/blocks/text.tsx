import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import { useSurroundings } from '../workspace.tsx';

// The renderer takes whatever stands between two colons for an emoji, as in 9:00–10:30. It hands on what
// cannot be a name with its colons, and drops the colons of names that it does not know.
const hooks: NonNullable<MessageProps['hooks']> = {
  emoji(data, parse) {
    if (data.name.startsWith(':')) return data.name;
    const drawn = parse(data);
    return drawn === data.name ? `:${data.name}:` : drawn;
  },
  // As in Slack, whoever isn't in a private channel doesn't get to know its name.
  channel: ({ id, name }) => (
    <span className="slack_channel">{id === name ? 'private channel' : `#${name}`}</span>
  ),
};

/** Blocks that only show something, drawn by the Block Kit renderer. */
export function Rendered({ blocks }: { blocks: unknown[] }) {
  const { people, channels } = useSurroundings();
  return (
    <Message
      withoutWrapper
      logo=""
      name=""
      // The renderer has its own types for the same JSON.
      blocks={blocks as Block[]}
      hooks={hooks}
      data={{
        users: people.map(({ id, realName }) => ({ id, name: realName })),
        channels: channels.map(({ id, name }) => ({ id, name })),
      }}
    />
  );
}

// The renderer unescapes before it looks for mentions and links. A word joiner, which nobody sees, keeps
// an escaped bracket from becoming one.
const escapedBracketsHeld = (text: string) => text.replaceAll('&lt;', '&lt;\u2060');

// Between two colons it looks for an emoji over the end of a line, too, and loses the markup there. A space,
// which nobody sees at a line's end, keeps it from that.
const colonsApart = (text: string) => text.replace(/(:[^ :\n]*)\n(?=[^ :]*:)/g, '$1 \n');

/** Text in Slack's markup. */
export function MrkdwnText({ text }: { text: string }) {
  if (!text) return null;
  return (
    <div className="mrkdwn">
      <Rendered
        blocks={[
          {
            type: 'section',
            text: { type: 'mrkdwn', text: colonsApart(escapedBracketsHeld(text)) },
          },
        ]}
      />
    </div>
  );
}

/** Text without markup, in the middle of other things; `:tada:` still becomes an emoji. */
export function PlainText({ text }: { text: string }) {
  if (!/:[a-z0-9_+-]+:/i.test(text)) return text;
  return (
    <span className="inline-text">
      <Rendered blocks={[{ type: 'section', text: { type: 'plain_text', text, emoji: true } }]} />
    </span>
  );
}

/** A text object of either kind. */
export function TextObject({ text }: { text: { type: string; text: string } }) {
  return text.type === 'mrkdwn' ? <MrkdwnText text={text.text} /> : <PlainText text={text.text} />;
}
