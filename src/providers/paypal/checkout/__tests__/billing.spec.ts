import { billingAddressOf } from "../billing";

const ADDRESS = {
  first_name: "Ada",
  last_name: "Lovelace",
  address_1: "Street 1",
  address_2: null,
  city: "Berlin",
  province: null,
  postal_code: "10115",
  country_code: "de",
};

describe("the billing address of a card", () => {
  it("is told in PayPal's words, without the name, which has a field of its own", () => {
    expect(billingAddressOf({ ...ADDRESS, address_2: "Back house" })).toEqual({
      addressLine1: "Street 1",
      addressLine2: "Back house",
      adminArea2: "Berlin",
      postalCode: "10115",
      countryCode: "DE",
    });
  });

  it.each([
    ["us-ca", "CA"],
    ["NY", "NY"],
    ["gb-eng", "ENG"],
    ["California", undefined],
    ["", undefined],
  ])("has the subdivision %j as %s", (province, told) => {
    expect(billingAddressOf({ ...ADDRESS, province })?.adminArea1).toBe(told);
  });

  it("calls China as PayPal does", () => {
    expect(billingAddressOf({ ...ADDRESS, country_code: "cn" })?.countryCode).toBe("C2");
  });

  it("leaves out what is longer than PayPal takes, which would refuse the card", () => {
    const told = billingAddressOf({ ...ADDRESS, address_1: "x".repeat(301), postal_code: "1".repeat(61) });
    expect(told).toEqual({ adminArea2: "Berlin", countryCode: "DE" });
  });

  it.each([
    ["a cart without one", null],
    ["one without a country", { ...ADDRESS, country_code: null }],
  ])("is not told of %s", (_, address) => expect(billingAddressOf(address)).toBeUndefined());
});
