/** Where PayPal says a field of a purchase unit is, e.g. `/purchase_units/@reference_id=='default'/amount`. */
export function pointerTo(unit: Readonly<{ reference_id: string }>, field: string): string {
  return `/purchase_units/@reference_id=='${unit.reference_id}'/${field}`;
}
