/** All that people can press as things stand, with what it carries there; and what it comes to in others' hands. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { withIds } from '../../../src/sandbox/slack/block-ids.ts';
import { placedElements } from '../../../src/sandbox/view-state.ts';
import type { TestApp } from '../app.ts';
import type { Click, SlackMessage } from '../slack.ts';
import { OTHERS, type Other } from './others.ts';
import type { World } from './state.ts';

/** Where it stands: what people see of it is all that anybody knows who got hold of it. */
type Place =
  | { kind: 'message'; message: SlackMessage }
  | { kind: 'home'; view: HomeView }
  | { kind: 'modal'; view: ModalView };

export interface Pressable {
  /** The action that listens to it. */
  action: string;
  /** The action and, of a menu, what is done: of several alike one is enough. */
  like: string;
  /** What it carries. */
  carried: string;
  place: Place;
  click: Omit<Click, 'user' | 'message'>;
}

interface Used {
  type: string;
  action_id: string;
  value?: string;
  options?: { value: string }[];
  option_groups?: { options: { value: string }[] }[];
}

const blocksIn = (place: Place): KnownBlock[] =>
  (place.kind === 'message' ? place.message.blocks : place.view.blocks) as KnownBlock[];

/** What can be pressed in messages, answers since the `from`th, Homes and modals. `somebody`: who is picked in menus. */
export function pressables(
  { slack, bigplan }: TestApp,
  world: World,
  { from, somebody }: { from: number; somebody: string },
): Pressable[] {
  const ids = bigplan.context.on.actions();
  const answers = slack.responses.slice(from).map(({ user, body }) => ({
    channel: slack.dmChannel(user),
    ts: '1.000001',
    text: String(body.text ?? ''),
    blocks: (body.blocks ?? []) as KnownBlock[],
    ephemeralFor: user,
  }));
  const messages = [...(world.slack.messages as SlackMessage[]), ...answers].map((message) => ({
    kind: 'message' as const,
    message: { ...message, blocks: withIds(message.blocks) },
  }));
  const homes = world.slack.homes.map(({ view }) => ({
    kind: 'home' as const,
    view: view as HomeView,
  }));
  const modals = world.slack.stacks.flatMap(({ modals: open }) =>
    open.map((view) => ({ kind: 'modal' as const, view })),
  );
  return [...messages, ...homes, ...modals].flatMap((place) =>
    placedElements(blocksIn(place))
      .filter(({ input }) => !input || input.dispatches)
      .flatMap(({ blockId, element }) =>
        waysToUse(element as Used, somebody).flatMap((use) => {
          const action = ids.find((id) => use.actionId === id || use.actionId.startsWith(`${id}.`));
          if (action === undefined) return [];
          const carried = String(use.value ?? use.enter ?? '');
          const [, verb] = /^([a-z]{2,9}):/.exec(carried) ?? [];
          const like = verb ? `${action} ${verb}` : action;
          return [{ action, like, carried, place, click: { ...use, block: blockId } }];
        }),
      ),
  );
}

function waysToUse(element: Used, somebody: string): Pick<Click, 'actionId' | 'value' | 'enter'>[] {
  const { type, action_id: actionId, value } = element;
  if (type === 'button') return [{ actionId, ...(value && { value }) }];
  const options = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap((group) => group.options),
  ];
  if (options.length > 0)
    return options.map((one) => ({ actionId, value: one.value, enter: one.value }));
  const entered: Record<string, string> = {
    users_select: somebody,
    datepicker: '2027-03-01',
    timepicker: '09:00',
    plain_text_input: '7',
  };
  const enter = entered[type];
  return enter === undefined ? [] : [{ actionId, enter }];
}

/** A button with another action and value where this one stands: it isn't shown there now, but has been or will be. */
export function beside(
  { place }: Pick<Pressable, 'place'>,
  action: string,
  value: string,
): Pressable {
  const text = { type: 'plain_text' as const, text: 'Beside' };
  const element = { type: 'button' as const, action_id: action, text, ...(value && { value }) };
  const block = { type: 'actions' as const, block_id: 'beside', elements: [element] };
  const blocks = [...blocksIn(place).filter(({ type }) => type === 'input'), block];
  return {
    action,
    like: action,
    carried: value,
    place:
      place.kind === 'message'
        ? { kind: 'message', message: { ...place.message, blocks: [block] } }
        : ({ ...place, view: { ...place.view, blocks } } as Place),
    click: { actionId: action, block: 'beside' },
  };
}

/** Has each of them press it, at once, from the same beginning, each where only they see it. */
export async function pressAs(
  app: TestApp,
  { slack }: World,
  { place, click }: Pressable,
  roles: readonly Other[],
): Promise<void> {
  const stacks =
    place.kind === 'modal'
      ? roles.map((role) => ({ user: OTHERS[role], modals: [place.view] }))
      : [];
  app.slack.restore({ ...slack, stacks });
  if (place.kind === 'home') {
    const { client } = app.bigplan.context;
    for (const role of roles) {
      await client.views.publish({ user_id: OTHERS[role], view: place.view });
    }
  }
  await Promise.all(
    roles.map((role) => {
      const message = place.kind === 'message' && { message: place.message };
      return app.slack.action({ ...click, ...message, user: OTHERS[role] });
    }),
  );
}

/** Ids of rows, and of people but for those who press. */
const NAMES = /\bU0(?!OTHER|BIGPLAN)[A-Z]{3,}\d*\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const namesIn = (what: unknown): string[] => JSON.stringify(what ?? null).match(NAMES) ?? [];

/** Who and what somebody has been told of by the world `after` that stands in `before`, beyond what they pressed. */
export function toldOf(
  { slack }: TestApp,
  { before, after, answers }: { before: World; after: World; answers: number },
  { place, carried }: Pressable,
  user: string,
): string[] {
  const given = new Set(namesIn([place, carried]));
  const known = new Set(namesIn([...before.rows]));
  const shown = [
    after.slack.stacks.filter((stack) => stack.user === user),
    after.slack.messages.filter(({ channel }) => channel === slack.dmChannel(user)),
    slack.responses.slice(answers).filter((one) => one.user === user),
  ];
  return [...new Set(namesIn(shown))].filter((name) => known.has(name) && !given.has(name));
}
