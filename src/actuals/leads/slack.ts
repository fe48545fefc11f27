/** `/bigplan leads`: viable leads received, by words and in a form, changed, undone and put back. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { lastDayOfMonth, monthOf } from '../../time/local-date.ts';
import { answerClick, answerForm } from '../answer.ts';
import { leadsAdd, leadsEdit, leadsPutBack, leadsUndo } from '../ids.ts';
import { type ActualsPlan, latestDate, mustBeThere, screenFor } from '../plan-for.ts';
import { readWords, withoutPerson } from '../said-words.ts';
import { findLeads, leadsBetween } from '../store.ts';
import { TITLES } from '../words-view.ts';
import { readLeads } from './read-leads.ts';
import { changeLeads, putBackLeads, recordLeads, undoLeads } from './record-leads.ts';
import { type LeadsFacts, leadsForm, leadsRecordedMessage, leadsUndoneMessage } from './view.ts';

const NEW = 'new';

export function listenToLeads(context: Context): void {
  const { on, commands, db } = context;

  commands.subcommand(
    'leads',
    async ({ actor, args, open, answer }) => {
      const repId = readWords(args).person ?? actor.userId;
      const { plan, reader } = await screenFor(context, actor, repId, 'leads');
      const read = readLeads(args, reader);
      const openForm = (values: object, date: string | null, problem: string | null) =>
        open(
          leadsForm.view({
            about: { rep: plan.rep.userId, entry: null, origin: null },
            style: reader,
            raw: leadsForm.write({ ...values, date: date ?? latestDate(plan) }, reader),
            rev: NEW,
            problem,
            words: problem === null ? null : withoutPerson(args),
          }),
        );
      if (!read.ok) return openForm(read.understood, read.understood.date, read.problem);
      if (read.kind === 'form') return openForm({}, null, null);
      const { inbound, outbound } = read;
      try {
        const entry = { id: randomUUID(), inbound, outbound, date: read.date ?? plan.today };
        const { leads } = await recordLeads(context, actor, plan.rep.userId, entry);
        const facts = await leadsFacts(context, plan, leads.date);
        return answer(leadsRecordedMessage(leads, facts, reader));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return openForm({ inbound, outbound }, null, error.text);
      }
    },
    'viable leads that came in: “6 inbound 4 outbound”, “no leads”, or get a form',
  );

  on.submit(leadsForm, async ({ actor, id, about, read }) => {
    const { rep, entry, origin } = about;
    const { plan, reader } = await screenFor(context, actor, rep, 'leads');
    const filled = read(reader);
    const { leads } =
      entry === null
        ? await recordLeads(context, actor, rep, { id, ...filled })
        : await changeLeads(context, actor, entry, filled);
    const facts = await leadsFacts(context, plan, leads.date);
    const message = leadsRecordedMessage(leads, facts, reader);
    return answerForm(context, { actor, url: origin?.url ?? null }, TITLES.leads, message);
  });

  on.click(leadsAdd, async ({ actor, value: rep, showOver }) =>
    showOver(async () => {
      const { plan, reader } = await screenFor(context, actor, rep, 'leads');
      const about = { rep, entry: null, origin: null };
      const raw = leadsForm.write({ date: latestDate(plan) }, reader);
      return leadsForm.view({ about, style: reader, raw, rev: NEW });
    }),
  );

  on.click(leadsEdit, async ({ actor, value, responseUrl, showInstead }) =>
    showInstead(async () => {
      const leads = mustBeThere(await findLeads(db, value), actor);
      const { reader } = await screenFor(context, actor, leads.repId, 'leads');
      const origin = responseUrl === null ? null : { url: responseUrl, page: null };
      const about = { rep: leads.repId, entry: leads.id, origin };
      const raw = leadsForm.write({ ...leads }, reader);
      return leadsForm.view({ about, style: reader, raw, rev: leads.id });
    }),
  );

  on.act(leadsUndo, async ({ actor, value: kept, ...click }) => {
    const undone = await undoLeads(context, actor, kept.id);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'leads');
    const leads = undone?.leads ?? kept;
    const message = leadsUndoneMessage(leads, await leadsFacts(context, plan, leads.date), reader);
    await answerClick(click, TITLES.leads, message);
  });

  on.act(leadsPutBack, async ({ actor, value: kept, ...click }) => {
    const { leads } = await putBackLeads(context, actor, kept);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'leads');
    const facts = await leadsFacts(context, plan, leads.date);
    await answerClick(click, TITLES.leads, leadsRecordedMessage(leads, facts, reader));
  });
}

/** The month around a date: what came in, and what was promised (spec A8). */
async function leadsFacts(
  { db }: Store,
  { rep, draft }: ActualsPlan,
  date: string,
): Promise<LeadsFacts> {
  const sdr = draft.newBusiness?.sdr ?? null;
  return {
    month: await leadsBetween(db, rep, `${monthOf(date)}-01`, lastDayOfMonth(date)),
    promised: sdr && { inbound: sdr.inboundPerMonth, outbound: sdr.outboundPerMonth },
  };
}
