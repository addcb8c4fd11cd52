import { useEffect, useState, type ReactElement, type RefObject } from "react";
import { Glyph } from "./glyphs";
import type { Texts } from "./texts";

/** How long the button says that it has copied. */
const SAYS_SO_FOR_MS = 2_500;

type CopyButtonProps = Readonly<{
  text: string;
  /** Where the text stands, to be selected where the browser does not copy. */
  source: RefObject<HTMLElement | null>;
  label: string;
  texts: Texts;
  /** Said aloud when it has copied. */
  done: string;
  onSay: (text: string) => void;
}>;

export function CopyButton({ text, source, label, texts, done, onSay }: CopyButtonProps): ReactElement {
  const [copies, setCopies] = useState(0);
  const [isFresh, setFresh] = useState(false);

  useEffect(() => {
    if (copies === 0) return undefined;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), SAYS_SO_FOR_MS);
    return () => clearTimeout(timer);
  }, [copies]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopies((before) => before + 1);
      onSay(done);
    } catch {
      // Not allowed, or the page came over plain HTTP, where there is no clipboard.
      if (source.current) window.getSelection()?.selectAllChildren(source.current);
      onSay(texts.copy_by_hand);
    }
  }

  return (
    <button type="button" className="tender-coins__copy" data-fresh={isFresh} onClick={() => void copy()}>
      <Glyph name={isFresh ? "check" : "copy"} />
      <span>{isFresh ? texts.copied : label}</span>
    </button>
  );
}
