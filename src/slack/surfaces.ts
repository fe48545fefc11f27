/** Whole surfaces: a modal, a Home tab, a message, and the line that says how far one is. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { plainText, type SlackText, toMrkdwn } from './text.ts';
import { truncate } from './truncate.ts';

/** A message; `text` is what notifications and screen readers say. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** Slack's length limit for the title, submit and close of a modal. */
const TITLE = 24;

interface ModalParts {
  title: string;
  blocks: KnownBlock[];
  /** Which form it is; left out where it only shows something. */
  callbackId?: string | undefined;
  submit?: string | undefined;
  close?: string | undefined;
  privateMetadata?: string | undefined;
  /** Fires `view_closed` when the person closes it. */
  notifyOnClose?: boolean | undefined;
}

export function modal(parts: ModalParts): ModalView {
  return {
    type: 'modal',
    title: plainText(truncate(parts.title, TITLE)),
    blocks: parts.blocks,
    ...(parts.callbackId && { callback_id: parts.callbackId }),
    ...(parts.submit && { submit: plainText(truncate(parts.submit, TITLE)) }),
    ...(parts.close && { close: plainText(truncate(parts.close, TITLE)) }),
    ...(parts.privateMetadata && { private_metadata: parts.privateMetadata }),
    ...(parts.notifyOnClose && { notify_on_close: true }),
  };
}

export function home(blocks: KnownBlock[]): HomeView {
  return { type: 'home', blocks };
}

export function message(text: SlackText, blocks: KnownBlock[]): Message {
  return { text: toMrkdwn(text), blocks };
}

/** `Step 3 of 10 ▰▰▰▱▱▱▱▱▱▱`: the words come first, so a screen reader can stop there. */
export function progress(step: number, of: number): string {
  return `Step ${step} of ${of} ${'▰'.repeat(step)}${'▱'.repeat(of - step)}`;
}
