/**
 * Puts a `Date` in place whose present is moved by an offset, so that bundled production code, which knows no other
 * clock than the machine's, can be told the time. Timers and `performance.now` stay as they are. Returns what sets the
 * offset in milliseconds.
 */
export function shiftDate(): (offsetMs: number) => void {
  const RealDate = Date;
  let offset = 0;
  const now = (): number => RealDate.now() + offset;

  function ShiftedDate(this: unknown, ...given: unknown[]): unknown {
    if (!new.target) return new RealDate(now()).toString();
    const target = new.target === ShiftedDate ? RealDate : new.target;
    return Reflect.construct(RealDate, given.length === 0 ? [now()] : given, target);
  }
  Object.setPrototypeOf(ShiftedDate, RealDate);
  Object.defineProperties(ShiftedDate, {
    name: { value: 'Date' },
    length: { value: RealDate.length },
    prototype: { value: RealDate.prototype, writable: false },
    now: { value: now, writable: true, configurable: true },
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate, writable: true, configurable: true });
  globalThis.Date = ShiftedDate as unknown as DateConstructor;
  return (offsetMs) => {
    offset = offsetMs;
  };
}
