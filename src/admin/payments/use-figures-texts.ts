import { useTranslation } from "react-i18next";
import { localeTag } from "../lib/format";
import { useTexts } from "../lib/use-texts";

const UNITS = [
  ["day", 86_400_000, 2],
  ["hour", 3_600_000, 2],
  ["minute", 60_000, 2],
  ["second", 1_000, 1],
  ["millisecond", 1, 0],
] as const;

/** {@link useTexts} with numbers, shares and durations, and which way the page reads. */
export function useFiguresTexts() {
  const texts = useTexts();
  const { i18n } = useTranslation();
  const locale = localeTag(texts.language);
  const counted = (value: number) => new Intl.NumberFormat(locale).format(value);
  return {
    ...texts,
    is_rtl: i18n.dir(texts.language) === "rtl",
    number: counted,
    percent: (share: number) =>
      new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share),
    /** In a unit in which it is no long number. */
    duration: (duration_ms: number): string => {
      const [unit, unit_ms] =
        UNITS.find(([, each_ms, least]) => duration_ms >= each_ms * least) ?? UNITS[UNITS.length - 1]!;
      return new Intl.NumberFormat(locale, {
        style: "unit",
        unit,
        unitDisplay: "long",
        maximumFractionDigits: unit === "millisecond" ? 0 : 1,
      }).format(duration_ms / unit_ms);
    },
    /** A point of a chart: an hour, or a day. */
    point: (iso: string, unit: "hour" | "day"): string =>
      new Date(iso).toLocaleString(
        locale,
        unit === "hour"
          ? { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }
          : { day: "numeric", month: "short" },
      ),
  };
}
