/** `/bigplan worth`: what a deal pays the one who asks, and nobody else. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writeAmount } from '../../input/write-number.ts';
import { type DealWorth, dealWorth } from '../../plan/model/deal-worth.ts';
import { LAYERS, type Layer } from '../../plan/schemas.ts';
import type { Message } from '../../slack/surfaces.ts';
import { worthAsked } from '../ids.ts';
import { matchRenewal } from '../rules.ts';
import type { WorthQuestion } from '../schemas.ts';
import type { Reader } from '../words-view.ts';
import { type CompPlanInForce, dayOfDeal, ownCompPlan } from './comp-plan.ts';
import { readWorth, type SaidWorth } from './read-worth.ts';
import {
  howWorthMessage,
  noCompPlanMessage,
  whichAmountMessage,
  whichLayerMessage,
  worthMessage,
} from './view.ts';

export function listenToWorth(context: Context): void {
  const { on, commands } = context;

  commands.answering(
    'worth',
    async ({ actor, args, answer }) => {
      const own = await ownCompPlan(context, actor);
      if (!own) return answer(noCompPlanMessage(actor));
      const { plan, reader } = own;
      const read = readWorth(args, reader);
      if (read.person !== null && read.person !== actor.userId) {
        throw new UserError('not_yours', 'What a deal pays is for the rep alone to ask.');
      }
      if (!read.ok) return answer(howWorthMessage(read.problem));
      const { amounts, ...said } = usual(read.said, plan, args);
      const [amount, ...others] = amounts;
      if (amount === undefined) return answer(howWorthMessage(null));
      return answer(
        others.length > 0
          ? whichAmountMessage(amounts, said, reader)
          : worthOf({ ...said, amount }, plan, reader),
      );
    },
    'what a deal pays you: “24k new”, also expansion or renewal; for your eyes only',
  );

  on.act(worthAsked, async ({ actor, value, replace }) => {
    const own = await ownCompPlan(context, actor);
    await replace(own ? worthOf(value, own.plan, own.reader) : noCompPlanMessage(actor));
  });
}

/** What was said, with the amount of the plan's own renewal, or of a usual deal where nothing was said at all. */
function usual(said: SaidWorth, { draft, deals }: CompPlanInForce, args: string): SaidWorth {
  if (said.amounts.length > 0) return said;
  if (args.trim() === '') {
    const size = draft.newBusiness?.averageDealSize ?? null;
    return size === null ? said : { ...said, amounts: [size], layer: 'newBusiness' };
  }
  if (said.layer !== 'renewal' || said.account === null) return said;
  const match = matchRenewal(draft.renewals, deals, said.account);
  return match.kind === 'one' ? { ...said, amounts: [match.renewal.amount] } : said;
}

/** The answer, or which layer it is where that makes a difference. */
function worthOf(question: WorthQuestion, plan: CompPlanInForce, reader: Reader): Message {
  const { amount, account, layer } = question;
  const date = dayOfDeal(question.date, plan, reader);
  const { compensation, draft, bookings, by } = plan;
  const of = (layer: Layer): DealWorth =>
    dealWorth(compensation, draft.period, bookings, { amount, layer, date });
  const [worth, ...others] = (layer === null ? LAYERS : [layer]).map(of);
  const isOne = others.every((other) => JSON.stringify(other) === JSON.stringify(worth));
  if (!worth || !isOne) return whichLayerMessage(question, reader);
  const isBegun = by === 'agreed' && draft.period.start <= reader.today;
  const won = {
    kind: layer,
    renewal: null,
    account,
    amount: writeAmount(amount, reader),
    date: [date, reader.today].sort()[0] ?? date,
  };
  const answer = { amount, account, date: question.date, layer, worth, by };
  return worthMessage({ ...answer, won: isBegun ? won : null }, reader);
}
