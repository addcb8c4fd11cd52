import jsQR from "jsqr";
import { renderToStaticMarkup } from "react-dom/server";
import { drawn, QrCode } from "../qr-code";
import { TOLD } from "./support";

/** Pixels of a module's side; a reader wants more than one. */
const SCALE = 4;

/** What an independent reader makes of a drawn code. */
function read(text: string): string | undefined {
  const { size, path } = drawn(text);
  const side = size * SCALE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, column, row] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let at = 0; at < SCALE * SCALE; at++) {
      const x = Number(column) * SCALE + (at % SCALE);
      const y = Number(row) * SCALE + Math.floor(at / SCALE);
      pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return jsQR(pixels, side, side)?.data;
}

describe("the QR code", () => {
  it.each([
    ["capitals with an amount", TOLD.qr],
    ["small letters", TOLD.uri],
    ["capitals alone", "LITECOIN:LTC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KGMN4N9"],
    ["an old address", "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=20.3"],
    ["a long one", `${TOLD.uri}&label=${"x".repeat(200)}`],
  ])("of %s is read as what it was made of", (_, text) => {
    expect(read(text)).toBe(text);
  });

  it("is smaller for capitals", () => {
    expect(drawn(TOLD.qr).size).toBeLessThan(drawn(TOLD.uri).size);
  });

  it("has its quiet zone, a name, and no style that a strict policy refuses", () => {
    const { size, path } = drawn(TOLD.qr);
    const places = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
    const said = renderToStaticMarkup(<QrCode text={TOLD.qr} label="A code" />);
    expect(said).toContain('role="img" aria-label="A code"');
    expect(said).not.toContain("style=");
  });
});
