/**
 * Shortens a text visibly, ending in `…`, to at most `max` UTF-16 units (Slack counts code points, which
 * are never more). Never splits a character, nor an entity or a `<…>` of mrkdwn.
 */
export function truncate(
  text: string,
  max: number,
  type: 'plain_text' | 'mrkdwn' = 'plain_text',
): string {
  if (text.length <= max) return text;
  let kept = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  if (type === 'mrkdwn') kept = kept.replace(/(?:&[a-z]{0,3}|<[^>]*)$/, '');
  return `${kept.trimEnd()}…`;
}
