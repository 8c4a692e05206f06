/** Days and instants of the law: Asia/Shanghai, all year eight hours ahead. */

const DAY = 86_400;
const AHEAD = 8 * 3600;

/** Return the first and last second of a day, which is given in days since 1970-01-01. */
export function secondsOfDay(day: number): { first: number; last: number } {
  const first = day * DAY - AHEAD;
  return { first, last: first + DAY - 1 };
}

/** Return the day in which an instant lies, in days since 1970-01-01. */
export function dayOf(seconds: number): number {
  return Math.floor((seconds + AHEAD) / DAY);
}

/** Return a day as 2026-11-23. */
export function isoDay(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10);
}

/** Return an instant as people in the province write it. */
export function shown(seconds: number, language: string): string {
  const text = new Date((seconds + AHEAD) * 1000).toISOString();
  const day = shownDay(dayOf(seconds), language);
  return `${day} ${text.slice(11, 16)}`;
}

/** Return a day as people write it. */
export function shownDay(day: number, language: string): string {
  const iso = isoDay(day);
  if (language !== "zh") return iso;
  const [year, month, number] = iso.split("-").map(Number);
  return `${year} 年 ${month} 月 ${number} 日`;
}
