import type { AnyBlock, KnownBlock } from '@slack/types';
import { ElementView } from './element-view.tsx';
import type { UsableElement } from './elements.ts';
import { InputBlockView } from './input-block.tsx';
import { PlainText, Rendered, TextObject } from './text.tsx';

/** One block. What only shows something goes to the renderer; the rest is drawn here. */
export function BlockView({ block }: { block: AnyBlock }) {
  // Blocks of types that the sandbox does not know end in the default branch all the same.
  const known = block as KnownBlock;
  const blockId = block.block_id ?? '';
  switch (known.type) {
    case 'section': {
      const { text, fields, accessory } = known;
      return (
        <div className="section">
          <div className="section-text">
            {text && <TextObject text={text} />}
            {fields && (
              <div className="section-fields">
                {fields.map((field, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: fields have no other identity
                  <div key={index}>
                    <TextObject text={field} />
                  </div>
                ))}
              </div>
            )}
          </div>
          {accessory &&
            (accessory.type === 'image' ? (
              <Picture image={accessory as Image} className="accessory-picture" />
            ) : (
              <div className="accessory">
                <ElementView blockId={blockId} element={accessory as UsableElement} />
              </div>
            ))}
        </div>
      );
    }
    case 'actions':
      return (
        <div className="actions">
          {known.elements.map((element) => (
            <ElementView
              key={element.action_id}
              blockId={blockId}
              element={element as UsableElement}
            />
          ))}
        </div>
      );
    case 'input':
      return <InputBlockView block={known} />;
    case 'header':
      return (
        <h3 className="block-header">
          <PlainText text={known.text.text} />
        </h3>
      );
    case 'divider':
      return <hr className="block-divider" />;
    case 'context':
      return (
        <div className="context">
          {known.elements.map((element, index) =>
            element.type === 'image' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: no other identity
              <Picture key={index} image={element as Image} className="context-picture" />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: no other identity
              <TextObject key={index} text={element} />
            ),
          )}
        </div>
      );
    case 'image':
      return (
        <figure className="block-image">
          {known.title && (
            <figcaption>
              <PlainText text={known.title.text} />
            </figcaption>
          )}
          <Picture image={known as Image} className="picture" />
        </figure>
      );
    default:
      return <Rendered blocks={[block]} />;
  }
}

/** What an image names: an address, or a file of the workspace. */
interface Image {
  alt_text: string;
  image_url?: string;
  slack_file?: { id?: string; url?: string };
}

function Picture({ image, className }: { image: Image; className: string }) {
  return <img className={className} src={addressOf(image)} alt={image.alt_text} />;
}

function addressOf({ image_url, slack_file }: Image): string | undefined {
  if (image_url) return image_url;
  const id = slack_file?.id ?? /\/files-pri\/(\w+)\//.exec(slack_file?.url ?? '')?.[1];
  return id && `/sandbox/files/${id}`;
}
