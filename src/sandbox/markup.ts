import { channels, type Person, people } from './team.ts';

/** A message as Slack hands it on: control characters escaped, `@dana` or `@Dana Reyes` as `<@U0DANA>`. */
export function messageMarkup(typed: string): string {
  return withMentions(escaped(typed), (person) => `<@${person.id}>`);
}

/**
 * A command's text as Slack hands it to a command that asks for it (`should_escape`): people and
 * channels come with their ids and their names, such as `<@U0DANA|dana>`.
 */
export function commandMarkup(typed: string): string {
  const mentioned = withMentions(escaped(typed), ({ id, name }) => `<@${id}|${name}>`);
  return mentioned.replace(/(?<!\S)#([\w-]+)/g, (written, name) => {
    const channel = channels.find((one) => one.name === name);
    return channel ? `<#${channel.id}|${channel.name}>` : written;
  });
}

/** Slack escapes its own three control characters in whatever people type. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const names = people.flatMap(({ realName, name }) => [realName, name]);
/** An `@` in the middle of a word is an address, not a mention. */
const mentions = new RegExp(`(?<![\\w.])@(${names.join('|')})(?!\\w)`, 'gi');

function withMentions(text: string, mention: (person: Person) => string): string {
  return text.replace(mentions, (written, typed: string) => {
    const isMeant = (name: string) => name.toLowerCase() === typed.toLowerCase();
    const person = people.find((one) => isMeant(one.name) || isMeant(one.realName));
    return person ? mention(person) : written;
  });
}
