import { useEffect, useState, type RefObject } from "react";
import type { FormTheme } from "../gateway-form";

/** What the page looks like without its style sheet; a form in a frame needs some colours in any case. */
const PLAIN: FormTheme = {
  isDark: false,
  accent: "#1f5eff",
  onAccent: "#ffffff",
  text: "#14171f",
  textQuiet: "#585f6e",
  background: "#ffffff",
  line: "#8a91a0",
  error: "#b3261e",
  radius: "10px",
  font: "system-ui, sans-serif",
};

/** The page's look as its CSS variables have it where `place` is, and again when the browser turns dark or light. */
export function useFormTheme(place: RefObject<HTMLElement | null>): FormTheme | null {
  const [theme, setTheme] = useState<FormTheme | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (place.current) setTheme(themeAt(place.current));
    };
    read();
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", read);
    return () => scheme.removeEventListener("change", read);
  }, [place]);
  return theme;
}

function themeAt(element: HTMLElement): FormTheme {
  const style = window.getComputedStyle(element);
  const token = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--tender-${name}`).trim() || otherwise;
  const background = token("raised", PLAIN.background);
  return {
    isDark: isDark(background),
    accent: token("accent", PLAIN.accent),
    onAccent: token("on-accent", PLAIN.onAccent),
    text: token("text", PLAIN.text),
    textQuiet: token("text-quiet", PLAIN.textQuiet),
    background,
    line: token("line-strong", PLAIN.line),
    error: token("error", PLAIN.error),
    radius: token("radius", PLAIN.radius),
    font: token("font", PLAIN.font),
  };
}

/** Whether a colour written as `#rrggbb` is a dark one, by its perceived brightness (W3C AERT, 2.2). Others are not. */
export function isDark(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  if (colour.length !== 7 || red === undefined || green === undefined || blue === undefined) return false;
  return (red * 299 + green * 587 + blue * 114) / 1_000 < 128;
}
