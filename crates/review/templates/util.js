'use strict';

// Words, elements, dates. Nothing is ever parsed as HTML: all text goes in as text nodes.

const WORDS = JSON.parse(document.getElementById('words').textContent);
const LANG = document.documentElement.lang;
const ROLES = ['lead', 'coordinating', 'monitoring', 'report_to'];
const MARKS = ['lead', 'coordinating', 'monitoring', 'report_to', 'deadlines', 'deliverables'];

/** The words under a key, with {name} replaced by values. */
function w(key, values = {}) {
  return (WORDS[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** An element. `props`: `class`, `data`, `on` (listeners), other properties and attributes. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key === 'data') Object.assign(node.dataset, value);
    else if (key === 'on') for (const [event, f] of Object.entries(value)) node.addEventListener(event, f);
    else if (key in node && typeof node[key] !== 'object') node[key] = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A packed record as it was: `[0, …]` is a list, `[n, …]` an object of shape n, `{r}` a shared value. */
function unpack({ shapes, shared, root }) {
  const known = [];
  const open = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (!Array.isArray(value)) return known[value.r];
    const [shape, ...rest] = value;
    const values = rest.map(open);
    return shape ? Object.fromEntries(shapes[shape - 1].map((key, i) => [key, values[i]])) : values;
  };
  for (const value of shared) known.push(open(value));
  return open(root);
}

const $ = (id) => document.getElementById(id);

/** 2026-05-15 as people write it. */
function day(iso) {
  if (!iso) return '…';
  return LANG === 'vi' ? iso.split('-').reverse().join('/') : iso;
}

/** The day before an ISO day. */
function dayBefore(iso) {
  const date = new Date(iso + 'T00:00:00Z');
  if (Number.isNaN(date.getTime())) return null;
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** Letters without case and marks, so that `uy ban` finds `Ủy ban`. */
function plain(text) {
  return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');
}

/** A body by its name, with the place where it has one. */
function bodyName(agency) {
  const place = agency.jurisdiction && (agency.jurisdiction.commune || agency.jurisdiction.district);
  return place && !agency.name.includes(place) ? `${agency.name} (${place})` : agency.name;
}

/** A limit in words. */
function limitWords(d) {
  const time = d.time ? d.time + ' ' : '';
  switch (d.kind) {
    case 'by':
      if (!d.end) return w('limit.undated');
      return w(d.inclusive === false ? 'limit.before' : 'limit.by', { day: time + day(d.end) });
    case 'within':
      if (d.start && d.end) return w('limit.within', { start: day(d.start), end: day(d.end) });
      if (d.start) return w('limit.from', { day: day(d.start) });
      return d.end ? w('limit.by', { day: day(d.end) }) : w('limit.undated');
    case 'recurring':
      return time + ruleWords(d.rrule || '');
    case 'relative':
      return w(d.working_days ? 'limit.relative-working' : 'limit.relative', { duration: durationWords(d.duration || '') });
    default:
      return w('limit.' + d.kind);
  }
}

function durationWords(duration) {
  const match = /^P(\d+)([DWMY])$/.exec(duration);
  return match ? w('duration.' + match[2], { n: match[1] }) : duration;
}

/** A recurrence rule (RFC 5545) in words; the rule itself where it has parts that have none. */
function ruleWords(rrule) {
  const parts = Object.fromEntries(rrule.split(';').map((part) => part.split('=')));
  const every = WORDS['every.' + parts.FREQ + (parts.INTERVAL ? '.' + parts.INTERVAL : '')];
  if (!every) return rrule;
  const at = [];
  if (parts.BYDAY) at.push(parts.BYDAY.split(',').map((d) => w('weekday.' + d)).join(', '));
  if (parts.BYMONTHDAY) at.push(w('every.day', { day: parts.BYMONTHDAY }));
  if (parts.BYMONTH) at.push(w('every.month', { month: parts.BYMONTH.split(',').join(', ') }));
  return [every, ...at].join(', ');
}
