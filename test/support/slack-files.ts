/** Files of the fake workspace: those that people drop into forms, and those that the app uploads. */
import type { KnownBlock } from '@slack/types';
import { Refusal } from './slack-views.ts';

export interface Upload {
  id: string;
  filename: string;
  title: string;
  content: Buffer;
}

interface File {
  filename: string;
  title: string;
  length: number;
  /** Null until its content came. */
  content: Buffer | null;
  /** When Slack has looked through it; null before the upload was completed. */
  processedAt: number | null;
  byApp: boolean;
}

const PROCESSING_MS = 150;
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export class Files {
  readonly #files = new Map<string, File>();

  /** One that a person has dropped somewhere. Returns its id. */
  add(content: Buffer): string {
    const length = content.byteLength;
    const filename = 'list.csv';
    return this.#insert({
      filename,
      title: filename,
      length,
      content,
      processedAt: 0,
      byApp: false,
    });
  }

  /** One that the app is about to upload. Returns its id. */
  begin(filename: string, length: number): string {
    if (!(length > 0)) throw new Refusal('missing_argument');
    const title = filename;
    return this.#insert({
      filename,
      title,
      length,
      content: null,
      processedAt: null,
      byApp: true,
    });
  }

  isAwaited(id: string): boolean {
    return this.#files.get(id)?.processedAt === null;
  }

  put(id: string, content: Buffer) {
    this.#find(id).content = content;
    return { size: content.byteLength };
  }

  complete(id: string, title?: string): void {
    const file = this.#find(id);
    if (file.content?.byteLength !== file.length) throw new Refusal('file_not_found');
    file.title = title ?? file.title;
    file.processedAt ??= Date.now() + PROCESSING_MS;
  }

  /** As `files.info` tells of it. */
  info(id: string, origin: string) {
    const file = this.#find(id);
    if (file.content === null) throw new Refusal('file_not_found');
    return {
      id,
      name: file.filename,
      title: file.title,
      mimetype: this.#isProcessed(file) ? typeOf(file.content) : '',
      size: file.content.byteLength,
      url_private: `${origin}/file/${id}`,
    };
  }

  content(id: string): Buffer | null {
    return this.#files.get(id)?.content ?? null;
  }

  uploads(): Upload[] {
    return [...this.#files].flatMap(([id, { byApp, content, filename, title, processedAt }]) =>
      byApp && content !== null && processedAt !== null ? [{ id, filename, title, content }] : [],
    );
  }

  /** Why Slack would refuse these blocks: for the pictures in them. */
  breaches(blocks: readonly KnownBlock[]): string[] {
    return blocks.flatMap((block, i) => {
      if (block.type !== 'image' || !('slack_file' in block) || !('id' in block.slack_file)) {
        return [];
      }
      const file = this.#files.get(block.slack_file.id);
      const isPicture = file?.content?.subarray(0, PNG.byteLength).equals(PNG);
      return file && this.#isProcessed(file) && isPicture
        ? []
        : [`invalid slack file [json-pointer:/blocks/${i}/slack_file]`];
    });
  }

  #isProcessed({ processedAt }: File): boolean {
    return processedAt !== null && processedAt <= Date.now();
  }

  #find(id: string): File {
    const file = this.#files.get(id);
    if (file === undefined) throw new Refusal('file_not_found');
    return file;
  }

  #insert(file: File): string {
    const id = `F${String(this.#files.size + 1).padStart(9, '0')}`;
    this.#files.set(id, file);
    return id;
  }
}

function typeOf(content: Buffer): string {
  return content.subarray(0, PNG.byteLength).equals(PNG) ? 'image/png' : 'text/plain';
}
