/** The app with the people slice, and what its command goes on to once nobody needs the set-up. */
import type { Context } from '../../src/context.ts';
import { registerPeople } from '../../src/people/listeners.ts';
import { openSetUp } from '../../src/people/open-set-up.ts';
import { startTestApp, type TestApp } from './app.ts';

export interface PeopleApp extends TestApp {
  /** Who ran `/bigplan` and was not led through the set-up, oldest first. */
  passedOn: string[];
}

export async function startPeopleApp(): Promise<PeopleApp> {
  const passedOn: string[] = [];
  const app = await startTestApp();
  register(app.bigplan.context, passedOn);
  const restart = app.restart;
  return Object.assign(app, {
    passedOn,
    async restart() {
      await restart();
      register(app.bigplan.context, passedOn);
    },
  });
}

function register(context: Context, passedOn: string[]): void {
  if (!context.commands.names().includes('team')) registerPeople(context);
  context.commands.whenAlone(async (request) => {
    if (!(await openSetUp(context, request))) passedOn.push(request.userId);
  }, 'opens your plan');
}
