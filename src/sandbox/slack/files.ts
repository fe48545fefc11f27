/** Files of a workspace: those that people drop into forms, and those that the app uploads. */
import type { KnownBlock } from '@slack/types';
import { Refusal } from './refusal.ts';

export interface StoredFile {
  id: string;
  filename: string;
  title: string;
  length: number;
  /** Null until its content came. */
  content: Buffer | null;
  /** When Slack has looked through it (ms); null before the upload was completed. */
  processedAt: number | null;
  byApp: boolean;
}

/** As it is kept: the content in Base64. */
export type KeptFile = Omit<StoredFile, 'content'> & { content: string | null };

/** Slack answers before it is done with a picture. */
const PROCESSING_MS = 150;
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export class Files {
  readonly #files = new Map<string, StoredFile>();
  /** An id isn't given twice, whatever was removed. */
  #made = 0;

  /** One that a person has dropped somewhere. */
  add(filename: string, content: Buffer): StoredFile {
    const length = content.byteLength;
    return this.#insert({ filename, length, content, processedAt: 0, byApp: false });
  }

  /** One that the app is about to upload. Returns its id. */
  begin(filename: string, length: number): string {
    if (!(length > 0)) throw new Refusal('missing_argument');
    return this.#insert({ filename, length, content: null, processedAt: null, byApp: true }).id;
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
    const url = `${origin}/file/${id}`;
    return {
      id,
      name: file.filename,
      title: file.title,
      mimetype: isProcessed(file) ? mimeTypeOf(file) : '',
      size: file.content.byteLength,
      url_private: url,
      url_private_download: url,
    };
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  remove(id: string): void {
    this.#find(id);
    this.#files.delete(id);
  }

  all(): StoredFile[] {
    return [...this.#files.values()];
  }

  /** Why Slack would refuse these blocks: for the pictures in them. */
  breaches(blocks: readonly KnownBlock[]): string[] {
    return blocks.flatMap((block, i) => {
      if (block.type !== 'image' || !('slack_file' in block) || !('id' in block.slack_file))
        return [];
      const file = this.#files.get(block.slack_file.id);
      return file && isProcessed(file) && mimeTypeOf(file) === 'image/png'
        ? []
        : [`invalid slack file [json-pointer:/blocks/${i}/slack_file]`];
    });
  }

  snapshot(withContent: (id: string) => boolean): KeptFile[] {
    return this.all().map((file) => ({
      ...file,
      content: withContent(file.id) ? (file.content?.toString('base64') ?? null) : null,
    }));
  }

  restore(files: readonly KeptFile[]): void {
    for (const file of files)
      this.#files.set(file.id, {
        ...file,
        content: file.content === null ? null : Buffer.from(file.content, 'base64'),
      });
  }

  #find(id: string): StoredFile {
    const file = this.#files.get(id);
    if (file === undefined) throw new Refusal('file_not_found');
    return file;
  }

  #insert(file: Omit<StoredFile, 'id' | 'title'>): StoredFile {
    this.#made += 1;
    const id = `F${String(Math.max(this.#made, this.#files.size + 1)).padStart(9, '0')}`;
    const added = { id, title: file.filename, ...file };
    this.#files.set(id, added);
    return added;
  }
}

export function mimeTypeOf({ content }: StoredFile): string {
  return content?.subarray(0, PNG.byteLength).equals(PNG) ? 'image/png' : 'text/plain';
}

function isProcessed({ processedAt }: StoredFile): boolean {
  return processedAt !== null && processedAt <= Date.now();
}
