/** `/bigplan leads`: viable leads received, by words and in a form, changed, undone and put back. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writeCount } from '../../input/write-number.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { openView, showInstead } from '../../slack/views.ts';
import { answerClick, answerCommand, answerForm, dateError } from '../answer.ts';
import { readFormState } from '../entry-place.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mustBeThere } from '../on-plan.ts';
import { latestDate } from '../plan-for.ts';
import { readWords, withoutPerson } from '../said-words.ts';
import { KeptLeads, leadsForm as LeadsForm } from '../schemas.ts';
import { screenFor } from '../screen-for.ts';
import { findLeads } from '../store.ts';
import { TITLES } from '../words-view.ts';
import { leadsForm } from './form-view.ts';
import { leadsFacts } from './leads-facts.ts';
import { readLeads } from './read-leads.ts';
import { changeLeads, putBackLeads, recordLeads, undoLeads } from './record-leads.ts';
import { leadsRecordedMessage, leadsUndoneMessage } from './view.ts';

export function listenToLeads(context: Context): void {
  const { app, commands, db } = context;

  commands.subcommand(
    'leads',
    async ({ teamId, userId, args, triggerId, client, respond }) => {
      const actor = { workspaceId: teamId, userId };
      const { plan, reader } = await screenFor(
        context,
        actor,
        readWords(args).person ?? userId,
        'leads',
      );
      const { locale } = reader;
      const read = readLeads(args, reader);
      const open = (
        counts: { inbound: number | null; outbound: number | null },
        date: string | null,
        problem: string | null,
      ) => {
        const count = (value: number | null) => (value === null ? null : writeCount(value, locale));
        const words = withoutPerson(args);
        const form = leadsForm({
          state: { rep: plan.rep.userId, entry: null, origin: null },
          values: {
            inbound: count(counts.inbound),
            outbound: count(counts.outbound),
            date: date ?? latestDate(plan),
          },
          reader,
          problem,
          words: problem === null ? null : words,
        });
        return openView(client, triggerId, form);
      };
      if (!read.ok) return open(read.understood, read.understood.date, read.problem);
      if (read.kind === 'form') return open({ inbound: null, outbound: null }, null, null);
      const { inbound, outbound } = read;
      try {
        const entry = { inbound, outbound, date: read.date ?? plan.today };
        const { leads } = await recordLeads(context, actor, plan.rep.userId, entry);
        const facts = await leadsFacts(context, plan, leads.date);
        return answerCommand(respond, leadsRecordedMessage(leads, facts, reader));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return open({ inbound, outbound }, null, error.text);
      }
    },
    'viable leads that came in: “6 inbound 4 outbound”, “no leads”, or get a form',
  );

  app.view(CALLBACK.leads, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const { rep, entry, origin } = readFormState(view.private_metadata);
    const { plan, reader } = await screenFor(context, actor, rep, 'leads');
    const state = readState(view.state.values);
    const filled = parseForm(LeadsForm(reader), state);
    if (!filled.ok) return ack({ response_action: 'errors', errors: filled.errors });
    try {
      const { leads } =
        entry === null
          ? await recordLeads(context, actor, rep, filled.value)
          : await changeLeads(context, actor, entry, filled.value);
      const facts = await leadsFacts(context, plan, leads.date);
      const message = leadsRecordedMessage(leads, facts, reader);
      const url = origin?.url ?? null;
      return await answerForm({ ack, log: context.log }, url, TITLES.leads, message);
    } catch (error) {
      return ack({ response_action: 'errors', errors: dateError(error, state.blockIds) });
    }
  });

  app.action(ACTION.leadsEdit, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const leads = mustBeThere(await findLeads(db, clickedValue(body)), actor);
    const { reader } = await screenFor(context, actor, leads.repId, 'leads');
    const origin = body.view ? null : { url: body.response_url, page: null };
    const form = leadsForm({
      state: { rep: leads.repId, entry: leads.id, origin },
      values: {
        inbound: writeCount(leads.inbound, reader.locale),
        outbound: writeCount(leads.outbound, reader.locale),
        date: leads.date,
      },
      reader,
    });
    await showInstead(client, body, form);
  });

  app.action(ACTION.leadsUndo, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const kept = KeptLeads.parse(JSON.parse(clickedValue(body)));
    const undone = await undoLeads(context, actor, kept.id);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'leads');
    const leads = undone?.leads ?? kept;
    const message = leadsUndoneMessage(leads, await leadsFacts(context, plan, leads.date), reader);
    await answerClick({ view: body.view, client, respond }, TITLES.leads, message);
  });

  app.action(ACTION.leadsPutBack, async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const kept = KeptLeads.parse(JSON.parse(clickedValue(body)));
    const { leads } = await putBackLeads(context, actor, kept);
    const { plan, reader } = await screenFor(context, actor, kept.repId, 'leads');
    const facts = await leadsFacts(context, plan, leads.date);
    const message = leadsRecordedMessage(leads, facts, reader);
    await answerClick({ view: body.view, client, respond }, TITLES.leads, message);
  });
}
