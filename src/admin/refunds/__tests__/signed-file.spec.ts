import { textOfSigned } from "../signed-file";

describe("a signed file", () => {
  it("is taken as it is where it is text", () => {
    expect(textOfSigned(Buffer.from("cHNidP8BAH0=\r\n"))).toBe("cHNidP8BAH0=");
  });

  it("is taken in base64 where it is bytes", () => {
    const bytes = Buffer.from([0x70, 0x73, 0x62, 0x74, 0xff, 0x01, 0x00]);
    expect(textOfSigned(bytes)).toBe(bytes.toString("base64"));
  });
});
