import qrcode from "qrcode-generator";
import { useMemo, type ReactElement } from "react";

/** Light modules around the code, without which some cameras do not find it (ISO/IEC 18004, "quiet zone"). */
const QUIET_ZONE = 4;

/** The characters that QR codes hold in 5.5 bits each instead of 8 (ISO/IEC 18004, "alphanumeric mode"). */
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]*/;

/** A QR code, always dark on light: cameras may not read it the other way round. */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>): ReactElement {
  const { size, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      className="tender-coins__qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

/** The modules of a text's code as one path, in units of a module. */
export function drawn(text: string): Readonly<{ size: number; path: string }> {
  const code = qrcode(0, "M");
  const [head = ""] = ALPHANUMERIC.exec(text) ?? [];
  if (head !== "") code.addData(head, "Alphanumeric");
  if (head.length < text.length) code.addData(text.slice(head.length), "Byte");
  code.make();
  const count = code.getModuleCount();
  const modules = Array.from(
    { length: count * count },
    (_, at) => [Math.floor(at / count), at % count] as const,
  );
  const path = modules
    .filter(([row, column]) => code.isDark(row, column))
    .map(([row, column]) => `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`)
    .join("");
  return { size: count + 2 * QUIET_ZONE, path };
}
