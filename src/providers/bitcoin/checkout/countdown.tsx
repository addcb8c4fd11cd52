import { useEffect, useRef, type ReactElement } from "react";
import { Glyph } from "./glyphs";
import type { Texts } from "./texts";
import { clockText, markAt } from "./time-left";

/** What the bar is measured against: how long a payment may take where it does not come with more. */
const USUAL_S = 15 * 60;

type CountdownProps = Readonly<{ left_s: number; texts: Texts; onSay: (text: string) => void }>;

/** The time left to pay. It changes every second, and is said aloud at its marks only. */
export function Countdown({ left_s, texts, onSay }: CountdownProps): ReactElement {
  const whole_s = useRef(Math.max(USUAL_S, left_s));
  const mark = markAt(left_s);
  const said = useRef(mark);

  useEffect(() => {
    if (mark !== null && mark !== said.current) onSay(texts[`left_${mark}`]);
    said.current = mark;
  }, [mark, texts, onSay]);

  return (
    <div className="tender-coins__time" data-short={mark !== null}>
      <Glyph name="clock" />
      <span className="tender-coins__time-label">{texts.time_left}</span>
      <bdi className="tender-coins__clock" role="timer" dir="ltr">
        {clockText(left_s)}
      </bdi>
      <progress className="tender-coins__bar" max={whole_s.current} value={left_s} aria-hidden="true" />
    </div>
  );
}
