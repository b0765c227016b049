/** Durations and moments as people read them. */

import { NO_VALUE } from './number';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A duration in milliseconds: `0.04 s`, `0.4 s`, `38.3 s`, `1:50`, `2 h 05`, `3 d 4 h`. */
export function formatDuration(durationMs: number | undefined): string {
  if (durationMs === undefined || !Number.isFinite(durationMs)) return NO_VALUE;
  const ms = Math.max(0, durationMs);
  if (ms < 5) return '<0.01 s';
  if (ms < 95) return `${(ms / SECOND).toFixed(2)} s`;
  if (ms < MINUTE - 50) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < HOUR - 500) {
    const seconds = Math.round(ms / SECOND);
    return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
  }
  const minutes = Math.round(ms / MINUTE);
  if (ms < DAY) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)}`;
  const hours = Math.round(ms / HOUR);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A moment seen from `now`, in local time: `09:13` today, `Yesterday 17:12`, `24 Nov 09:13`, `24 Nov 2025`. */
export function formatMoment(moment: Date, now: Date): string {
  const time = `${twoDigits(moment.getHours())}:${twoDigits(moment.getMinutes())}`;
  const days = Math.round((midnight(now) - midnight(moment)) / DAY);
  if (days === 0) return time;
  if (days === 1) return `Yesterday ${time}`;
  const day = formatDay(moment, now);
  return moment.getFullYear() === now.getFullYear() ? `${day} ${time}` : day;
}

/** A day seen from `now`, in local time: `24 Nov`, `24 Nov 2025`. */
export function formatDay(moment: Date, now: Date): string {
  const date = `${moment.getDate()} ${MONTHS[moment.getMonth()] ?? ''}`;
  return moment.getFullYear() === now.getFullYear() ? date : `${date} ${moment.getFullYear()}`;
}

/** A moment inside a log, in local time: `09:13:20.914`. */
export function formatLogTime(moment: Date): string {
  const parts = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(twoDigits).join(':');
  return `${parts}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
}

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
